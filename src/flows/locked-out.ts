import type { Context } from '../context.ts'
import { type CognitoError, passwordAttemptsExceeded } from '../errors.ts'

/** The refusal of an attempt that is not looked at because earlier ones of its kind failed; counted for the operator. */
export const lockedOut = (ctx: Context, kind: string): CognitoError => {
  ctx.meter.count('lockouts', { kind })
  return passwordAttemptsExceeded()
}
