import type { Context } from '../context.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import type { Code } from '../domain/code.ts'
import { hourlyLimits } from '../domain/quotas.ts'
import { type Medium, mediumOf } from '../domain/recipient.ts'
import { subjectOf } from '../domain/subject.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { aliasExists, cannotConfirm, codeExpired, codeMismatch, invalidSession, userDisabled, userNotFoundForClient } from '../errors.ts'
import type { SignInRequest } from './attempt.ts'
import { checkCode, pretendCode, takeFromAllowance } from './codes.ts'
import { findUser } from './find-user.ts'
import { heldAliases, saveMovingAliases } from './move-aliases.ts'
import type { OpenClient } from './open-client.ts'
import { recordingOutcome } from './record-auth-event.ts'
import { retryingLostRaces, save } from './save-user.ts'
import { onceStored } from './stored-anyway.ts'
import { postConfirmation } from './triggers/post-confirmation.ts'
import { userChange } from './user-change.ts'

/** What somebody who confirms a sign-up gives. */
export interface Confirmation {
  readonly username: string
  readonly code: string
  /** The address may leave another user whom it signs in. */
  readonly forceAliasCreation?: boolean | undefined
  /** The id of the user whose sign-up it must be, where the caller knows (flows/sign-up-session.ts). */
  readonly signedUp?: string | undefined
  readonly request: SignInRequest
}

/** A sign-up that was confirmed, and how the code had come. */
export interface Confirmed {
  readonly user: User
  readonly medium: Medium
}

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
    // Somebody else may have got the alias since that look; then the save itself refuses.
    return force ? saveMovingAliases(ctx, pool, change) : save(ctx, change)
  })

const refusal = (user: User | undefined) => {
  if (user === undefined) return userNotFoundForClient()
  if (!user.enabled) return userDisabled()
  return user.status === 'UNCONFIRMED' ? undefined : cannotConfirm(user.status)
}

/** Confirms a sign-up with the code that was sent; throws what API_ConfirmSignUp lists, StoredAnyway once the user is confirmed. */
export const confirmByCode = async (ctx: Context, opened: OpenClient, given: Confirmation): Promise<Confirmed> => {
  const { client, pool } = opened
  const { username, signedUp, request } = given
  const hides = hidesUserExistence(client)
  const found = await findUser(ctx, pool, username)
  const subject = subjectOf(pool, found, username)
  await takeFromAllowance(ctx, pool.uid, subject, 'ConfirmSignUp', hourlyLimits.confirmSignUp)
  const refused = refusal(found)
  if (found === undefined || refused !== undefined) {
    if (!hides) throw refused
    // Whoever hides learns here no more than for a name that nobody has.
    await pretendCode(ctx, pool.uid, 'SignUp')
    throw codeMismatch()
  }
  const occurrence = { opened, user: found, type: 'SignUp', request } as const
  const { user, code } = await recordingOutcome(ctx, occurrence, async () => {
    const code = await checkCode(ctx, found, 'SignUp', given.code, hides)
    if (signedUp !== undefined && signedUp !== found.id) throw invalidSession()
    return { user: await confirm(ctx, pool, found.id, code, given.forceAliasCreation === true), code }
  })
  const from = { clientId: client.ClientId, clientMetadata: request.clientMetadata }
  await onceStored(user, () => postConfirmation(ctx, pool, user, 'ConfirmSignUp', from))
  return { user, medium: mediumOf[code.target?.attribute ?? 'email'] }
}
