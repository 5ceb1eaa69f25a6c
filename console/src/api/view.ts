import { sendToConsole } from './console-call.ts'
import { withSession } from './sign-in-again.ts'

/** What the server tells of a pool without an operation (src/console/console-views.ts). Throws ApiError. */
export const fetchView = <T>(name: 'signing-keys' | 'triggers', poolId: string, signal: AbortSignal): Promise<T> =>
  withSession(() => sendToConsole<T>(`views/${name}/${encodeURIComponent(poolId)}`, undefined, signal))
