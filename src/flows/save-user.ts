import type { Context } from '../context.ts'
import type { LoginNameKind, User } from '../domain/user.ts'
import { aliasExists, codeExpired, tooManyRequests, usernameExists } from '../errors.ts'
import { type Random, systemRandom } from '../random.ts'
import type { UserChange } from '../storage/store.ts'

/** A save that lost against another writer of the same user: read again and decide anew. */
export class LostRace extends Error {}

const attemptsAtMost = 60
/** ms */
const longestPause = 100

/** The pauses grow, so that those who write to one user all the time lose their pace and whoever wants to end their rights comes through. */
const pauseAfter = (attempt: number, random: Random): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random.below(Math.min(longestPause, 2 ** attempt)) + 1))

/** Runs a read-decide-save again while it loses against other writers of the same user; throws TooManyRequestsException after sixty tries. */
export const retryingLostRaces = async <T>(work: () => Promise<T>, random = systemRandom): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof LostRace)) throw error
      if (attempt === attemptsAtMost) throw tooManyRequests()
    }
    await pauseAfter(attempt, random)
  }
}

/**
 * Saves a user's new state in one commit and answers it as stored. Throws AliasExistsException or UsernameExistsException when a name is
 * somebody else's, ExpiredCodeException when the code that allows the change was used by another request, LostRace when the user changed.
 */
export const save = async (ctx: Context, ...changes: readonly [UserChange, ...UserChange[]]): Promise<User> => {
  const at = ctx.clock.now()
  const stamped = changes.map((change) => ({ ...change, user: { ...change.user, modifiedAt: at } }))
  const outcome = await ctx.store.users.save(ctx.by(), ...stamped)
  if (outcome === 'version conflict') throw new LostRace('the user was changed by another request')
  if (outcome === 'code spent') throw codeExpired()
  if (outcome !== 'saved') throw nameTaken(outcome.taken.kind)
  const [{ user }] = changes
  return { ...user, modifiedAt: at, version: user.version + 1 }
}

const nameTaken = (kind: LoginNameKind) => (kind === 'username' ? usernameExists() : aliasExists(kind))
