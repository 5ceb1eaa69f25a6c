import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeviceClient } from '../support/device-client.ts'
import { confirmedDeviceOf, continueExchange, deviceProofOf, signInOn } from '../support/device-sign-in.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { setUpTotp } from '../support/set-up-totp.ts'
import { N, type SrpSlips, timestampOf } from '../support/srp-client.ts'
import { totpCode } from '../support/totp-code.ts'

let server: Harness
let pool: MadePool
let users = 0

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
})
afterAll(() => server.close())

const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
const invalid = ['NotAuthorizedException', 'Invalid session for the user.']
const spent = ['NotAuthorizedException', 'Invalid session for the user, session can only be used once.']
const absent = ['ResourceNotFoundException', 'Device does not exist.']
const locked = ['NotAuthorizedException', 'Password attempts exceeded']

/** A new user with a remembered device. */
const owner = async (made = pool) => {
  users += 1
  const username = `user-${users}`
  await makeUser(server, made.UserPoolId, username)
  return { username, ...(await confirmedDeviceOf(server, made, username)) }
}
type Owner = Awaited<ReturnType<typeof owner>>
type Proof = Awaited<ReturnType<typeof deviceProofOf>>

const proofOf = ({ username, device }: Owner, slips?: SrpSlips, made = pool) => deviceProofOf(server, made, username, device, slips)
const refused = (input: object) => server.refused('RespondToAuthChallenge', { ...input })
const changed = (proof: Proof, responses: Record<string, string | undefined>) => ({
  ...proof,
  ChallengeResponses: { ...proof.ChallengeResponses, ...responses },
})

describe('must-not-happen 06: a public value of a device that leads to a known secret', () => {
  it.each([
    ['0', '0'],
    ['N', N.toString(16)],
    ['2N', (2n * N).toString(16)],
    ['no number', 'xyz'],
  ])('is refused: %s', async (_, SRP_A) => {
    const { username, device } = await owner()
    const { body } = await signInOn(server, pool, username, device.DeviceKey)
    const [type] = await refused({
      ClientId: pool.ClientId,
      ChallengeName: 'DEVICE_SRP_AUTH',
      Session: body.Session,
      ChallengeResponses: { USERNAME: username, DEVICE_KEY: device.DeviceKey, SRP_A },
    })
    expect(type).toBe('InvalidParameterException')
  })
})

describe('must-not-happen 06: a proof of a device', () => {
  it('is good for tokens that belong to the device', async () => {
    const { body } = await server.call('RespondToAuthChallenge', await proofOf(await owner()))
    expect(body.AuthenticationResult).toMatchObject({ TokenType: 'Bearer' })
    expect(body.AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
  })

  it('is good once', async () => {
    const mine = await owner()
    const proof = await proofOf(mine)
    await server.ok('RespondToAuthChallenge', proof)
    expect(await refused(proof)).toEqual(spent)
  })

  it('is good once when many send it at once', async () => {
    const proof = await proofOf(await owner())
    const calls = Array.from({ length: atOnce }, () => server.call('RespondToAuthChallenge', proof))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: atOnce - 1 })
  })

  it('is one of many that a sign-in can begin, and only one of them succeeds', async () => {
    const { username, device } = await owner()
    const { body } = await signInOn(server, pool, username, device.DeviceKey)
    const begun = [0, 1, 2].map(() => continueExchange(server, pool, username, device, body.Session))
    const calls = (await Promise.all(begun)).map(({ proof }) => server.call('RespondToAuthChallenge', proof))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: 2 })
    // Nor does beginning once more help after the success.
    const { proof } = await continueExchange(server, pool, username, device, body.Session)
    expect(await refused(proof)).toEqual(spent)
  })

  it('does not outlive its sign-in, however late it was begun', async () => {
    const { username, device } = await owner()
    const { body } = await signInOn(server, pool, username, device.DeviceKey)
    server.clock.advance(170_000)
    const { proof } = await continueExchange(server, pool, username, device, body.Session)
    server.clock.advance(10_000)
    expect(await refused(proof)).toEqual(['NotAuthorizedException', 'Invalid session for the user, session is expired.'])
  })

  it('does not fit another exchange of the same sign-in', async () => {
    const { username, device } = await owner()
    const { body } = await signInOn(server, pool, username, device.DeviceKey)
    const [one, other] = [
      await continueExchange(server, pool, username, device, body.Session),
      await continueExchange(server, pool, username, device, body.Session),
    ]
    const { PASSWORD_CLAIM_SECRET_BLOCK } = other.proof.ChallengeResponses
    expect(await refused(changed(one.proof, { PASSWORD_CLAIM_SECRET_BLOCK }))).toEqual(incorrect)
  })

  it('does not help another sign-in of the same user', async () => {
    const mine = await owner()
    const [one, other] = [await proofOf(mine), await proofOf(mine)]
    expect(await refused({ ...one, Session: other.Session })).toEqual(incorrect)
    // The whole answer of the other sign-in is good for that one.
    await server.ok('RespondToAuthChallenge', other)
  })

  it('does not help another user', async () => {
    const [mine, theirs] = [await owner(), await owner()]
    const proof = await proofOf(mine)
    expect(await refused(changed(proof, { USERNAME: theirs.username }))).toEqual(invalid)
    const victim = await proofOf(theirs)
    expect(await refused({ ...proof, Session: victim.Session })).toEqual(invalid)
    expect(await refused(changed({ ...proof, Session: victim.Session }, { USERNAME: theirs.username }))).toEqual(incorrect)
    expect(
      await refused(changed({ ...proof, Session: victim.Session }, { USERNAME: theirs.username, DEVICE_KEY: theirs.device.DeviceKey })),
    ).toEqual(incorrect)
  })

  it('does not help another client, nor one without the sign-in it stands on', async () => {
    const proof = await proofOf(await owner())
    const other = await makeClient(server, pool.UserPoolId)
    expect(await refused({ ...proof, ClientId: other.ClientId })).toEqual(invalid)
    expect((await refused({ ...proof, Session: undefined }))[0]).toBe('InvalidParameterException')
  })

  it('comes from the device that was announced', async () => {
    const mine = await owner()
    const second = await confirmedDeviceOf(server, pool, mine.username)
    const { body } = await signInOn(server, pool, mine.username, mine.device.DeviceKey)
    const answer = {
      ClientId: pool.ClientId,
      ChallengeName: 'DEVICE_SRP_AUTH',
      Session: body.Session,
      ChallengeResponses: { USERNAME: mine.username, DEVICE_KEY: second.device.DeviceKey, SRP_A: second.device.begin().SRP_A },
    }
    expect(await refused(answer)).toEqual(incorrect)
    const proof = await proofOf(mine)
    expect(await refused(changed(proof, { DEVICE_KEY: second.device.DeviceKey }))).toEqual(incorrect)
    // The secret of another device, under the announced key.
    const impostor = { ...second.device, DeviceKey: mine.device.DeviceKey }
    expect(await refused((await continueExchange(server, pool, mine.username, impostor, body.Session)).proof)).toEqual(incorrect)
  })

  const skewed = (ms: number) => ({ timestamp: timestampOf(Date.UTC(2026, 0, 15, 12) + ms) })
  it.each<[string, SrpSlips]>([
    ['another group', { poolName: '-AAAAAAAA' }],
    ['another device', { userId: 'us-east-1_0a' }],
    ['a time in the past', skewed(-6 * 60_000)],
    ['a time to come', skewed(20 * 60_000)],
    ['a time that is none', { timestamp: 'Thu Jan 32 12:00:00 UTC 2026' }],
  ])('does not fit with %s', async (_, slips) => {
    expect(await refused(await proofOf(await owner(), slips))).toEqual(incorrect)
  })

  it('does not fit with a secret of somebody’s own making', async () => {
    const { username, device } = await owner()
    const { body } = await signInOn(server, pool, username, device.DeviceKey)
    const guess = createDeviceClient(device)
    expect(await refused((await continueExchange(server, pool, username, guess, body.Session)).proof)).toEqual(incorrect)
  })
})

describe('must-not-happen 06: failures of a device', () => {
  it('lock it out, and an old proof does not clear them', async () => {
    const mine = await owner()
    const old = await proofOf(mine)
    await server.ok('RespondToAuthChallenge', old)
    for (let failures = 0; failures < 5; failures += 1) {
      expect(await refused(await proofOf(mine, { userId: 'wrong' }))).toEqual(incorrect)
      if (failures < 4) expect(await refused(old)).toEqual(spent)
    }
    expect(await refused(await proofOf(mine))).toEqual(locked)
    server.clock.advance(1000)
    await server.ok('RespondToAuthChallenge', await proofOf(mine))
  })

  it('leave the session alive for the right answer', async () => {
    const mine = await owner()
    const proof = await proofOf(mine)
    const { PASSWORD_CLAIM_SIGNATURE: signature = '' } = proof.ChallengeResponses
    const wrong = Buffer.from(signature, 'base64').reverse().toString('base64')
    expect(await refused(changed(proof, { PASSWORD_CLAIM_SIGNATURE: wrong }))).toEqual(incorrect)
    await server.ok('RespondToAuthChallenge', proof)
  })
})

describe('must-not-happen 06: a device that lost its standing while it signs in', () => {
  it.each<[string, (mine: Owner) => Promise<unknown>]>([
    ['forgotten', ({ username, device }) => server.ok('AdminForgetDevice', { ...pool, Username: username, DeviceKey: device.DeviceKey })],
    [
      'not remembered any more',
      ({ username, device: { DeviceKey } }) =>
        server.ok('AdminUpdateDeviceStatus', { ...pool, Username: username, DeviceKey, DeviceRememberedStatus: 'not_remembered' }),
    ],
  ])('is refused: %s', async (_, lose) => {
    const mine = await owner()
    const { body } = await signInOn(server, pool, mine.username, mine.device.DeviceKey)
    const { proof } = await continueExchange(server, pool, mine.username, mine.device, body.Session)
    await lose(mine)
    expect(await refused(proof)).toEqual(absent)
    const { SRP_A } = mine.device.begin()
    const again = { USERNAME: mine.username, DEVICE_KEY: mine.device.DeviceKey, SRP_A }
    const begin = { ClientId: pool.ClientId, ChallengeName: 'DEVICE_SRP_AUTH', Session: body.Session, ChallengeResponses: again }
    expect(await refused(begin)).toEqual(absent)
  })

  it('is refused when its user signs out everywhere', async () => {
    const mine = await owner()
    const proof = await proofOf(mine)
    await server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username: mine.username })
    expect(await refused(proof)).toEqual(invalid)
  })
})

describe('must-not-happen 06: the second factor', () => {
  const withTotp = async (ChallengeRequiredOnNewDevice: boolean) => {
    const made = await makePool(server, { DeviceConfiguration: { ChallengeRequiredOnNewDevice } })
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: made.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    const mine = await owner(made)
    const secret = await setUpTotp(server, mine.accessToken)
    return { made, mine, secret }
  }
  const asked = async (made: MadePool, { username, device }: Owner) =>
    (await signInOn(server, made, username, device.DeviceKey)).body.ChallengeName

  it('is spared a device that proves itself', async () => {
    const { made, mine } = await withTotp(true)
    expect((await signInOn(server, made, mine.username)).body.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    expect(await server.ok('RespondToAuthChallenge', await proofOf(mine, {}, made))).toHaveProperty('AuthenticationResult')
  })

  it('is asked of a device that only says its key, or that is not remembered', async () => {
    const { made, mine, secret } = await withTotp(true)
    const begun = (await signInOn(server, made, mine.username, mine.device.DeviceKey)).body
    server.clock.advance(30_000)
    // The challenge of the device is not the one of the code, and can't be left out.
    const skip = { USERNAME: mine.username, SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, server.clock.now()) }
    const { ClientId } = made
    const input = { ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: begun.Session, ChallengeResponses: skip }
    expect(await refused(input)).toEqual(invalid)
    await server.ok('AdminUpdateDeviceStatus', {
      UserPoolId: made.UserPoolId,
      Username: mine.username,
      DeviceKey: mine.device.DeviceKey,
      DeviceRememberedStatus: 'not_remembered',
    })
    expect(await asked(made, mine)).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('is asked all the same where the pool only tracks devices', async () => {
    const { made, mine } = await withTotp(false)
    expect((await server.ok('RespondToAuthChallenge', await proofOf(mine, {}, made))).ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
  })

  it('is asked when the pool stops tracking devices while one signs in', async () => {
    const { made, mine } = await withTotp(true)
    const proof = await proofOf(mine, {}, made)
    await server.ok('UpdateUserPool', { UserPoolId: made.UserPoolId, MfaConfiguration: 'OPTIONAL' })
    expect((await server.call('RespondToAuthChallenge', proof)).body).not.toHaveProperty('AuthenticationResult')
  })
})
