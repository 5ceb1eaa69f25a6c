import { ApiError, signedOut, unreachable } from './api-error.ts'
import { connection } from './connection.ts'
import { consoleUrl } from './console-url.ts'
import { signInAgain } from './sign-in-again.ts'

/** A message that the server keeps instead of sending it. */
export interface KeptMessage {
  readonly medium: 'EMAIL' | 'SMS'
  readonly destination: string
  readonly subject: string
  /** HTML for e-mail, plain for SMS. */
  readonly body: string
  readonly text?: string
  readonly code?: string
  readonly kind?: string
  readonly userPoolId?: string
  /** Epoch milliseconds. */
  readonly sentAt: number
}

const messageOf = (text: string): string => {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text
  } catch {
    return text.slice(0, 500)
  }
}

const ask = async (name: 'mailbox' | 'metrics', etag: string | undefined, signal: AbortSignal): Promise<Response> => {
  const headers = etag === undefined ? {} : { 'if-none-match': etag }
  const answer = await fetch(consoleUrl(`live/${name}`), { cache: 'no-store', headers, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    connection.lost()
    throw new ApiError(unreachable, 'The server does not answer.')
  })
  if (answer.ok || answer.status === 304) return answer
  throw new ApiError(answer.status === 401 ? signedOut : `HTTP ${answer.status}`, messageOf(await answer.text()))
}

const fetchLive = async (name: 'mailbox' | 'metrics', etag: string | undefined, signal: AbortSignal): Promise<Response> => {
  try {
    return await ask(name, etag, signal)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== signedOut) throw error
    await signInAgain(error)
    return ask(name, etag, signal)
  }
}

/** The kept messages, newest first, with what to ask with next time. Throws ApiError. */
export interface Messages {
  readonly messages: readonly KeptMessage[]
  readonly etag: string | undefined
}

/** Asks for the kept messages; answers `known` itself while they are the same. Throws ApiError. */
export const fetchMessages = async (known: Messages | undefined, signal: AbortSignal): Promise<Messages> => {
  const answer = await fetchLive('mailbox', known?.etag, signal)
  if (answer.status === 304 && known !== undefined) return known
  return { messages: (await answer.json()) as readonly KeptMessage[], etag: answer.headers.get('etag') ?? undefined }
}

/** Asks for what the server counted, in Prometheus's text format. Throws ApiError. */
export const fetchMetrics = async (signal: AbortSignal): Promise<string> => (await fetchLive('metrics', undefined, signal)).text()
