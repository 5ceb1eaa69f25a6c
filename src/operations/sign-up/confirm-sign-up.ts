import type { Context } from '../../context.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import type { Code } from '../../domain/code.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import type { LoginName, User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { aliasExists, cannotConfirm, codeMismatch, userNotFound } from '../../errors.ts'
import { sealSession } from '../../flows/challenge-session.ts'
import { checkCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { type OpenClient, openClient, requireSecretHash } from '../../flows/open-client.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'
import type { UserChange } from '../../storage/store.ts'
import type { Operation } from '../operation.ts'

/** The user as confirmed: what the code was sent to is verified, if it is still the same. */
const confirmed = (user: User, { target }: Pick<Code, 'target'>): User => {
  const proven = target !== undefined && user.attributes[target.attribute] === target.value
  const attributes = proven ? { ...user.attributes, [`${target.attribute}_verified`]: 'true' } : user.attributes
  return { ...user, status: 'CONFIRMED', attributes }
}

/** Who holds a name that the change claims. */
const holders = async (ctx: Context, pool: UserPool, { user, claim }: UserChange): Promise<{ name: LoginName; holder: User }[]> => {
  const found = await Promise.all((claim ?? []).map(async (name) => ({ name, holder: await ctx.store.users.byName(pool.uid, name.name) })))
  return found.flatMap(({ name, holder }) => (holder === undefined || holder.id === user.id ? [] : [{ name, holder }]))
}

/** Forced alias creation: the alias moves, and is unverified where it was (developer guide, "Aliases"). */
const takenFrom = (pool: UserPool, { name, holder }: { name: LoginName; holder: User }): UserChange => {
  const after = { ...holder, attributes: { ...holder.attributes, [`${name.kind}_verified`]: 'false' } }
  return userChange(pool, holder, after)
}

const confirm = async (ctx: Context, { pool }: OpenClient, user: User, code: Code, force: boolean): Promise<User> => {
  const change: UserChange = {
    ...userChange(pool, user, confirmed(user, code)),
    spendCode: { purpose: 'SignUp', id: code.id },
  }
  const inTheWay = await holders(ctx, pool, change)
  const [first] = inTheWay
  if (first !== undefined && !force) throw aliasExists(first.name.kind)
  return save(ctx, change, ...inTheWay.map((held) => takenFrom(pool, held)))
}

/** Confirms a sign-up with the code that was sent; the answer's Session may be used for automatic sign-in. */
export const confirmSignUp: Operation<'ConfirmSignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  ctx.triggers.requireNone(pool, 'PostConfirmation')
  const found = await findUser(ctx, pool, input.Username)
  const subject = found?.id ?? `name:${input.Username}`
  await takeFromAllowance(ctx, pool.uid, subject, 'ConfirmSignUp', hourlyLimits.confirmSignUp)
  if (found === undefined) throw hidesUserExistence(client) ? codeMismatch() : userNotFound()
  if (found.status !== 'UNCONFIRMED') {
    // A hiding client learns the same as for a name that nobody has.
    throw hidesUserExistence(client) && !found.enabled ? codeMismatch() : cannotConfirm(found.status)
  }
  const code = await checkCode(ctx, found, 'SignUp', input.ConfirmationCode, hidesUserExistence(client))
  const user = await retryingLostRaces(async () => {
    const now = (await ctx.store.users.byId(pool.uid, found.id)) ?? found
    return confirm(ctx, opened, now, code, input.ForceAliasCreation === true)
  })
  const Session = await sealSession(ctx, client, {
    id: ctx.random.uuid(),
    userId: user.id,
    generation: user.generation,
    challenge: 'AUTO_SIGN_IN',
    madeAt: ctx.clock.now(),
    proofs: [],
  })
  return { Session }
}
