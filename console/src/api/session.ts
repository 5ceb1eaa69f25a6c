import type { OperationName } from '../../../src/model/types.gen.ts'
import { ApiError, unreachable } from './api-error.ts'
import { consoleUrl } from './console-url.ts'
import { consoleHeaders } from './page-key.ts'

/** What the console knows of its server and of who is signed in. */
export interface Session {
  readonly mode: 'dev' | 'serve'
  readonly operator: string
  readonly accountId: string
  /** The regions that the server answers for; undefined = any. */
  readonly regions?: readonly string[]
  readonly defaultRegion: string
  /** Where applications and browsers reach the server, without a trailing slash; empty where nobody set it. */
  readonly publicUrl: string
  /** The operations that the server has. */
  readonly operations: readonly OperationName[]
  /** What there is besides operations, for this operator. */
  readonly may: { readonly metrics: boolean; readonly mailbox: boolean; readonly operators: boolean; readonly audit: boolean }
}

/** Asks the server; undefined while nobody is signed in. Throws ApiError. */
export const fetchSession = async (): Promise<Session | undefined> => {
  const answer = await fetch(consoleUrl('session'), { cache: 'no-store', headers: consoleHeaders() }).catch(() => undefined)
  if (answer === undefined) throw new ApiError(unreachable, 'The server does not answer.')
  if (answer.status === 401) return undefined
  if (!answer.ok) throw new ApiError(`HTTP ${answer.status}`, 'The server does not open its console.')
  return (await answer.json()) as Session
}
