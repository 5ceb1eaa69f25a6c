import type { Context } from '../../context.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import type { Code } from '../../domain/code.ts'
import { hourlyLimits } from '../../domain/quotas.ts'
import { mediumOf } from '../../domain/recipient.ts'
import { subjectOf } from '../../domain/subject.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { aliasExists, cannotConfirm, codeExpired, codeMismatch, invalidSession, userDisabled, userNotFound } from '../../errors.ts'
import { reportedBy } from '../../flows/client-context.ts'
import { checkCode, pretendCode, takeFromAllowance } from '../../flows/codes.ts'
import { findUser } from '../../flows/find-user.ts'
import { heldAliases, saveMovingAliases } from '../../flows/move-aliases.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { recordingOutcome } from '../../flows/record-auth-event.ts'
import { retryingLostRaces } from '../../flows/save-user.ts'
import { autoSignInSession, openSignUpSession } from '../../flows/sign-up-session.ts'
import { postConfirmation } from '../../flows/triggers/post-confirmation.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/** The user as confirmed, and what the code was sent to as verified; a code that went to an address that is no longer there is void. */
const confirmed = (user: User, { target }: Code): User => {
  if (target === undefined || user.attributes[target.attribute] !== target.value) throw codeExpired()
  return { ...user, status: 'CONFIRMED', attributes: { ...user.attributes, [`${target.attribute}_verified`]: 'true' } }
}

const confirm = (ctx: Context, pool: UserPool, userId: string, code: Code, force: boolean): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await ctx.store.users.byId(pool.uid, userId)
    if (user === undefined) throw codeExpired()
    const change = { ...userChange(pool, user, confirmed(user, code)), spendCode: { purpose: code.purpose, id: code.id } }
    const [held] = force ? [] : await heldAliases(ctx, pool, change)
    if (held !== undefined) throw aliasExists(held.kind)
    return saveMovingAliases(ctx, pool, change)
  })

const refusal = (user: User | undefined) => {
  if (user === undefined) return userNotFound()
  if (!user.enabled) return userDisabled()
  return user.status === 'UNCONFIRMED' ? undefined : cannotConfirm(user.status)
}

/** Confirms a sign-up with the code that was sent; the answer's Session may be used for automatic sign-in. */
export const confirmSignUp: Operation<'ConfirmSignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  const hides = hidesUserExistence(client)
  const signedUp = await openSignUpSession(ctx, opened, input.Session)
  const found = await findUser(ctx, pool, input.Username)
  const subject = subjectOf(pool, found, input.Username)
  await takeFromAllowance(ctx, pool.uid, subject, 'ConfirmSignUp', hourlyLimits.confirmSignUp)
  const refused = refusal(found)
  if (found === undefined || refused !== undefined) {
    if (!hides) throw refused
    // Whoever hides learns here no more than for a name that nobody has.
    await pretendCode(ctx, pool.uid, 'SignUp')
    throw codeMismatch()
  }
  const occurrence = { opened, user: found, type: 'SignUp', request: reportedBy(input) } as const
  const { user, code } = await recordingOutcome(ctx, occurrence, async () => {
    const code = await checkCode(ctx, found, 'SignUp', input.ConfirmationCode, hides)
    if (signedUp !== undefined && signedUp !== found.id) throw invalidSession()
    return { user: await confirm(ctx, pool, found.id, code, input.ForceAliasCreation === true), code }
  })
  await postConfirmation(ctx, pool, user, 'ConfirmSignUp', { clientId: client.ClientId, clientMetadata: input.ClientMetadata })
  return { Session: await autoSignInSession(ctx, opened, user, mediumOf[code.target?.attribute ?? 'email']) }
}
