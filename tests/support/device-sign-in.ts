import { createDeviceClient, type DeviceClient } from './device-client.ts'
import type { Answer, Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'
import { begin } from './sign-in.ts'
import type { SrpSlips } from './srp-client.ts'

/** A device that has signed in, with the tokens that it got. */
export interface SignedInDevice {
  readonly device: DeviceClient
  readonly accessToken: string
  readonly refreshToken: string
}

/** What the password answers; with a key, on the device that it names. */
export const signInOn = (server: Harness, made: Pick<MadePool, 'ClientId'>, username: string, DEVICE_KEY?: string): Promise<Answer> =>
  begin(server, made, username, password, DEVICE_KEY === undefined ? {} : { DEVICE_KEY })

/** Signs in on a new device, and does not confirm it. */
export const newDeviceOf = async (server: Harness, made: MadePool, username: string): Promise<SignedInDevice> => {
  const { body } = await signInOn(server, made, username)
  const { AccessToken, RefreshToken, NewDeviceMetadata } = body.AuthenticationResult
  return { accessToken: AccessToken, refreshToken: RefreshToken, device: createDeviceClient(NewDeviceMetadata) }
}

/** The input of ConfirmDevice. */
export const confirmation = ({ accessToken, device }: SignedInDevice) => ({
  AccessToken: accessToken,
  DeviceKey: device.DeviceKey,
  DeviceSecretVerifierConfig: device.DeviceSecretVerifierConfig,
})

/** Signs in on a new device and confirms it. */
export const confirmedDeviceOf = async (
  server: Harness,
  made: MadePool,
  username: string,
  DeviceName?: string,
): Promise<SignedInDevice> => {
  const fresh = await newDeviceOf(server, made, username)
  await server.ok('ConfirmDevice', { ...confirmation(fresh), DeviceName })
  return fresh
}

/** Answers DEVICE_SRP_AUTH: what came of it, and the answer that proves the device. */
export const continueExchange = async (
  server: Harness,
  { ClientId }: Pick<MadePool, 'ClientId'>,
  USERNAME: string,
  device: DeviceClient,
  Session: string,
  slips: SrpSlips = {},
) => {
  const exchange = device.begin()
  const { ChallengeParameters, ...begun } = await server.ok('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'DEVICE_SRP_AUTH',
    Session,
    ChallengeResponses: { USERNAME, DEVICE_KEY: device.DeviceKey, SRP_A: exchange.SRP_A },
  })
  const proof = {
    ClientId,
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
    Session: begun.Session as string,
    ChallengeResponses: exchange.answer(ChallengeParameters, server.clock.now(), slips),
  } as const
  return { begun: { ...begun, ChallengeParameters }, proof }
}

/** A sign-in by password on a remembered device, up to the answer that proves the device. */
export const deviceProofOf = async (server: Harness, made: MadePool, username: string, device: DeviceClient, slips: SrpSlips = {}) => {
  const { body } = await signInOn(server, made, username, device.DeviceKey)
  return (await continueExchange(server, made, username, device, body.Session, slips)).proof
}
