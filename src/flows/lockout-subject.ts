import type { Context } from '../context.ts'
import { networkOf } from '../domain/network-of.ts'
import type { User } from '../domain/user.ts'

/**
 * What wrong passwords are counted against: the user (or the name that nobody has) or, where the policy says so, that and the network
 * that the call comes from, so that guesses from elsewhere don't lock somebody out at home. A reset of the password ends every lock.
 */
export const lockoutSubject = (ctx: Context, user: User | undefined, subject: string): string => {
  if (ctx.policy.lockout === 'user') return subject
  // Nobody knows from which networks the failures came when they are to be forgotten, but a reset moves the generation on.
  return `${subject}#${user?.generation ?? 0}@${networkOf(ctx.call.ip) ?? 'unknown'}`
}
