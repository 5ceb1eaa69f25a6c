import { ApiError, unreachable } from './api-error.ts'
import { connection } from './connection.ts'
import { consoleUrl } from './console-url.ts'

/** What the server tells of a pool without an operation (src/console/console-views.ts). Throws ApiError. */
export const fetchView = async <T>(name: 'signing-keys' | 'triggers', poolId: string, signal: AbortSignal): Promise<T> => {
  const url = consoleUrl(`views/${name}/${encodeURIComponent(poolId)}`)
  const answer = await fetch(url, { cache: 'no-store', headers: { 'x-poolhouse-console': '1' }, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    connection.lost()
    throw new ApiError(unreachable, 'The server does not answer.')
  })
  if (answer.ok) return (await answer.json()) as T
  const { __type: code = `HTTP ${answer.status}`, message = '' } = (await answer.json().catch(() => ({}))) as {
    __type?: string
    message?: string
  }
  throw new ApiError(code, message)
}
