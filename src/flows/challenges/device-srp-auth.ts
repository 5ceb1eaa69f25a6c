import type { Context } from '../../context.ts'
import { incorrectCredentials } from '../../errors.ts'
import { type Answer, type Challenge, type KnownAttempt, openKnownAttempt, requiredResponse, sealAttempt } from '../attempt.ts'
import { sealSession } from '../challenge-session.ts'
import { openDeviceVerifier } from '../device-secret.ts'
import { openRememberedDevice } from '../devices.ts'
import type { OpenClient } from '../open-client.ts'
import { beginExchange, sealBlock } from '../srp-exchange.ts'
import { deviceBlockEntity } from './device-password-verifier.ts'

const challenge = 'DEVICE_SRP_AUTH'

/** Asks a remembered device to prove that it is the one (developer guide, "Signing in with a device"). */
export const issueDeviceSrpAuth = async (ctx: Context, attempt: KnownAttempt): Promise<Challenge> => ({
  kind: 'challenge',
  name: challenge,
  session: await sealAttempt(ctx, attempt, challenge),
  parameters: { USERNAME: attempt.user.username },
})

/**
 * The DEVICE_PASSWORD_VERIFIER challenge for SRP_A. Its session stays the one that this answer came with (same id, same age), so that one
 * sign-in ends in one success however often the device begins; the block opens in this session only.
 */
export const answerDeviceSrpAuth = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Challenge> => {
  const srpA = requiredResponse(answer, 'SRP_A')
  const key = requiredResponse(answer, 'DEVICE_KEY')
  const { session, attempt } = await openKnownAttempt(ctx, opened, challenge, answer)
  const { client, pool, user } = attempt
  if (key !== session.progress.deviceKey) throw incorrectCredentials()
  const device = await openRememberedDevice(ctx, user, key)
  const { B, values } = await beginExchange(ctx, srpA, await openDeviceVerifier(ctx, device))
  const verifier = 'DEVICE_PASSWORD_VERIFIER'
  return {
    kind: 'challenge',
    name: verifier,
    session: await sealSession(ctx, client, { ...session, challenge: verifier }),
    parameters: {
      DEVICE_KEY: key,
      SALT: device.salt,
      SECRET_BLOCK: await sealBlock(ctx, pool.uid, deviceBlockEntity(client, session), values),
      SRP_B: B,
      USERNAME: user.username,
    },
  }
}
