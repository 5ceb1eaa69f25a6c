import { ApiError, refusalOf, signedOut, unreachable } from './api-error.ts'
import { connection } from './connection.ts'
import { consoleUrl } from './console-url.ts'
import { consoleHeaders } from './page-key.ts'
import { sessionEnd } from './session-end.ts'

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

/** Asked for again and again, so an ended session is only noted: a dialog that opens by itself would disturb whoever types elsewhere. */
const fetchLive = async (
  name: 'mailbox' | 'metrics' | 'hour' | 'day',
  etag: string | undefined,
  signal: AbortSignal,
): Promise<Response> => {
  const headers = { ...consoleHeaders(), ...(etag !== undefined && { 'if-none-match': etag }) }
  const answer = await fetch(consoleUrl(`live/${name}`), { cache: 'no-store', headers, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    connection.lost()
    throw new ApiError(unreachable, 'The server does not answer.')
  })
  if (answer.ok || answer.status === 304) return answer
  const refusal = refusalOf(answer.status, await answer.text(), answer.headers)
  if (refusal.code === signedOut) sessionEnd.note(true)
  throw refusal
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

/** Asks for how much was counted in the last hour or day, step by step, in the same format. Throws ApiError. */
export const fetchHistory = async (span: 'hour' | 'day', signal: AbortSignal): Promise<readonly { at: number; growth: string }[]> =>
  (await fetchLive(span, undefined, signal)).json()
