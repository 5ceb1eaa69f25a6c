import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { incorrectCredentials } from '../../errors.ts'
import { type Answer, type KnownAttempt, openKnownAttempt, type Passed, requiredResponse } from '../attempt.ts'
import { behindLockOut } from '../behind-lock-out.ts'
import { type ChallengeSession, spendSession } from '../challenge-session.ts'
import { clientContext } from '../client-context.ts'
import { openDeviceVerifier } from '../device-secret.ts'
import { amendDevice, openRememberedDevice } from '../devices.ts'
import { failedProof } from '../failed-proof.ts'
import { lockoutSubject } from '../lockout-subject.ts'
import type { OpenClient } from '../open-client.ts'
import { claimFits, openBlock, readClaim, type SrpClaim, type SrpValues } from '../srp-exchange.ts'

/** What the SECRET_BLOCK of a device is sealed for: one sign-in at one client. */
export const deviceBlockEntity = (client: AppClient, { id }: Pick<ChallengeSession, 'id'>): string => `device-srp/${client.uid}/${id}`

const proves = async (
  ctx: Context,
  { pool, client, user }: KnownAttempt,
  session: ChallengeSession,
  key: string,
  claim: SrpClaim,
): Promise<boolean> => {
  const values = await openBlock<SrpValues>(ctx, pool.uid, deviceBlockEntity(client, session), claim.block)
  if (values === undefined) return false
  const device = await openRememberedDevice(ctx, user, key)
  const party = { group: device.groupKey, name: device.key, verifier: await openDeviceVerifier(ctx, device) }
  if (!(await claimFits(ctx, values, party, claim))) return false
  // Before failures are forgotten: an old proof that is sent again must not clear the lock-out.
  await spendSession(ctx, client, session)
  return true
}

/** Notes the use in one write, which fails when the device was forgotten meanwhile; throws ResourceNotFoundException then. */
const noteUse = (ctx: Context, { client, user, request }: KnownAttempt, key: string): Promise<void> => {
  const use = { lastAuthenticatedAt: ctx.clock.now(), lastIp: clientContext(ctx, client, request).ip }
  return amendDevice(
    ctx,
    () => openRememberedDevice(ctx, user, key),
    (device) => ({ ...device, ...use }),
  )
}

/**
 * Checks a device's proof (developer guide, "Signing in with a device"). A proof is good once, in the sign-in that began it, for the device
 * that it announced. Throws NotAuthorizedException for a wrong one, counted behind a lock-out of its own.
 */
export const answerDevicePasswordVerifier = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const claim = readClaim(answer)
  const key = requiredResponse(answer, 'DEVICE_KEY')
  const { session, attempt } = await openKnownAttempt(ctx, opened, 'DEVICE_PASSWORD_VERIFIER', answer)
  const { pool, user } = attempt
  if (key !== session.progress.deviceKey) throw incorrectCredentials()
  const lock = { poolUid: pool.uid, subject: lockoutSubject(ctx, user, user.id), kind: 'device' }
  if (!(await behindLockOut(ctx, lock, () => proves(ctx, attempt, session, key, claim)))) throw failedProof(incorrectCredentials(), user)
  await noteUse(ctx, attempt, key)
  return { kind: 'passed', user, progress: { ...session.progress, deviceProved: true } }
}
