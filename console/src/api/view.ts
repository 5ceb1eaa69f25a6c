import { sendToConsole } from './console-call.ts'
import { withSession } from './sign-in-again.ts'

/** What the server tells of a pool without an operation (src/console/console-views.ts). Throws ApiError. */
export const fetchView = <T>(
  name: 'signing-keys' | 'triggers' | 'audit',
  poolId: string,
  signal: AbortSignal,
  after?: string,
): Promise<T> => {
  const page = after === undefined ? '' : `/${encodeURIComponent(after)}`
  return withSession(() => sendToConsole<T>(`views/${name}/${encodeURIComponent(poolId)}${page}`, undefined, signal))
}
