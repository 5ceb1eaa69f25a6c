import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import { createTriggerRecorder, recorderArn } from '../../tests/support/trigger-recorder.ts'
import { contextOf } from '../api/context-of.ts'
import type { Context } from '../context.ts'
import { findUser } from './find-user.ts'
import { issueTokens } from './issue-tokens.ts'
import { openClient } from './open-client.ts'
import type { Authenticated } from './sign-in.ts'

const recorder = createTriggerRecorder()
let server: Harness
let ctx: Context
let pool: MadePool
let ana: Authenticated

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  ctx = contextOf(server, {
    requestId: 'request',
    operation: 'RespondToAuthChallenge',
    region: 'us-east-1',
    actor: 'anonymous',
    ip: '127.0.0.1',
    mayChooseIds: false,
  })
  pool = await makePool(server, { LambdaConfig: { PreTokenGeneration: recorderArn } })
  await makeUser(server, pool.UserPoolId, 'ana')
  const opened = await openClient(ctx, pool.ClientId)
  ana = {
    ...opened,
    user: (await findUser(ctx, opened.pool, 'ana')) ?? expect.fail('no user'),
    authTime: server.clock.now(),
    proofs: ['pwd'],
    newPassword: false,
    deviceProved: false,
    deviceKey: undefined,
    newDevice: undefined,
    eventId: 'event',
    request: { surface: 'public' },
  }
})
afterAll(() => server.close())

const payloads = ({ IdToken = '', AccessToken = '' }: { IdToken?: string | undefined; AccessToken?: string | undefined }) =>
  [IdToken, AccessToken].map((token) => tokenParts(token).payload)

const refreshed = async (RefreshToken: string | undefined) =>
  (await server.ok('GetTokensFromRefreshToken', { ClientId: pool.ClientId, RefreshToken })).AuthenticationResult

describe('the tokens of a sign-in', () => {
  it.each<[Partial<Authenticated>, string, string[]]>([
    [{}, 'urn:cognito:loa:1', ['pwd']],
    [{ proofs: ['email_otp'] }, 'urn:cognito:loa:2', ['email_otp']],
    [{ proofs: ['hwk'] }, 'urn:cognito:loa:3', ['hwk']],
    [{ proofs: ['pwd', 'sms'] }, 'urn:cognito:loa:3', ['pwd', 'sms', 'mfa']],
    [{ proofs: ['pwd', 'otp'] }, 'urn:cognito:loa:4', ['pwd', 'otp', 'mfa']],
  ])('say how strong it was, and so do those of every refresh: %j', async (more, acr, amr) => {
    const issued = await issueTokens(ctx, { ...ana, ...more })
    for (const payload of [...payloads(issued), ...payloads(await refreshed(issued.RefreshToken))]) {
      expect([payload['acr'], payload['amr']]).toEqual([acr, amr])
    }
  })

  it('keep the name of the level when the pool renames it', async () => {
    const issued = await issueTokens(ctx, ana)
    const { UserPoolId } = pool
    const LambdaConfig = { PreTokenGeneration: recorderArn }
    await server.ok('UpdateUserPool', { UserPoolId, LambdaConfig, AcrConfiguration: { Level1: { AcrValue: 'urn:example:low' } } })
    for (const payload of payloads(await refreshed(issued.RefreshToken))) expect(payload['acr']).toBe('urn:cognito:loa:1')
    const renamed = await openClient(ctx, pool.ClientId)
    for (const payload of payloads(await issueTokens(ctx, { ...ana, ...renamed }))) expect(payload['acr']).toBe('urn:example:low')
    await server.ok('UpdateUserPool', { UserPoolId, LambdaConfig })
  })

  it('belong to a device, whose keys are told when it is new', async () => {
    const newDevice = { DeviceKey: 'us-east-1_1', DeviceGroupKey: '-g' }
    const issued = await issueTokens(ctx, { ...ana, deviceKey: newDevice.DeviceKey, newDevice })
    expect(issued.NewDeviceMetadata).toEqual(newDevice)
    const [id, access] = payloads(issued)
    expect([id?.['device_key'], access?.['device_key']]).toEqual([undefined, newDevice.DeviceKey])
    const known = await issueTokens(ctx, { ...ana, deviceKey: newDevice.DeviceKey })
    expect(known).not.toHaveProperty('NewDeviceMetadata')
    expect(payloads(known)[1]?.['device_key']).toBe(newDevice.DeviceKey)
  })
})

describe('the source of PreTokenGeneration', () => {
  it.each<[Partial<Authenticated>, string]>([
    [{}, 'TokenGeneration_Authentication'],
    [{ newPassword: true }, 'TokenGeneration_NewPasswordChallenge'],
    [{ deviceProved: true }, 'TokenGeneration_AuthenticateDevice'],
  ])('is the last thing that happened: %j', async (more, source) => {
    recorder.take()
    await issueTokens(ctx, { ...ana, ...more, request: { surface: 'public', clientMetadata: { a: 'b' } } })
    expect(recorder.take()).toMatchObject([{ triggerSource: source, request: { clientMetadata: { a: 'b' } } }])
  })
})
