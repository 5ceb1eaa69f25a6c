import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor } from '../support/sdk-visitor.ts'
import { type App, setUpApp } from '../support/start-app.ts'

let server: Poolhouse
let app: App
let visitor: SdkVisitor

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true })
  app = await setUpApp(server.url)
  visitor = createSdkVisitor(server.url, app)
})
afterAll(() => server.stop())

const track = ({ poolId: UserPoolId }: App) =>
  app.admin.send(
    new sdk.SetUserPoolSessionConfigurationCommand({ UserPoolId, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 5 } }),
  )
const named = (Username: string) => ({ UserPoolId: app.poolId, Username })

describe('sessions by the AWS SDK', () => {
  it('are switched on for a pool, with a time for each client', async () => {
    const { poolId: UserPoolId, clientId: ClientId, admin } = app
    const poolSettings = () => admin.send(new sdk.GetUserPoolSessionConfigurationCommand({ UserPoolId }))
    expect(await poolSettings()).toMatchObject({ UserPoolId, UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } })
    const SSOSession = { MaxValidityMinutes: 90 }
    const setClient = () => admin.send(new sdk.SetUserPoolClientSessionConfigurationCommand({ UserPoolId, ClientId, SSOSession }))
    expect(await refusal(setClient())).toBeInstanceOf(sdk.OperationNotEnabledException)

    const on = { UserPoolId, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 5 } }
    expect(await track(app)).toMatchObject(on)
    expect(await poolSettings()).toMatchObject(on)
    expect(await setClient()).toMatchObject({ UserPoolId, ClientId, SSOSession })
    const read = await admin.send(new sdk.GetUserPoolClientSessionConfigurationCommand({ UserPoolId, ClientId }))
    expect(read).toMatchObject({ UserPoolId, ClientId, SSOSession, $metadata: { httpStatusCode: 200 } })
  })

  it('are listed and ended by their user', async () => {
    await track(app)
    await app.addUser('ana')
    const [there, here] = [await visitor.signIn('ana'), await visitor.signIn('ana')]
    const list = async () => (await visitor.send(new sdk.ListUserSessionsCommand({ AccessToken: here.AccessToken }))).Sessions ?? []
    const sessions = await list()
    expect(sessions.map(({ IsCurrentSession }) => IsCurrentSession).sort()).toEqual([false, true])
    for (const session of sessions) {
      expect(session).toMatchObject({
        SessionId: expect.stringMatching(/^tkn[\da-z]{25}$/),
        SessionType: 'TOKEN',
        ClientId: app.clientId,
        LastIPAddress: expect.any(String),
        DeviceType: expect.any(String),
      })
      for (const at of [session.CreateDate, session.LastActiveDate]) {
        expect(at).toBeInstanceOf(Date)
        expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
      }
    }
    const revoke = (current: boolean) => {
      const { SessionId } = sessions.find(({ IsCurrentSession }) => IsCurrentSession === current) ?? {}
      return visitor.send(
        new sdk.RevokeUserSessionCommand({ AccessToken: here.AccessToken, SessionId, RevokeAssociatedSessions: 'LINKED' }),
      )
    }
    expect(await refusal(revoke(true))).toBeInstanceOf(sdk.InvalidParameterException)
    expect((await revoke(false)).$metadata.httpStatusCode).toBe(200)
    expect(await list()).toHaveLength(1)
    expect(await refusal(visitor.send(new sdk.GetUserCommand({ AccessToken: there.AccessToken })))).toBeInstanceOf(
      sdk.NotAuthorizedException,
    )
  })

  it('are listed and ended by an administrator', async () => {
    await track(app)
    await app.addUser('max')
    const { AccessToken } = await visitor.signIn('max')
    const list = async () => (await app.admin.send(new sdk.AdminListUserSessionsCommand(named('max')))).Sessions ?? []
    const [session] = await list()
    expect(session).toMatchObject({ IsCurrentSession: false, CreateDate: expect.any(Date), LastActiveDate: expect.any(Date) })
    const revoke = (SessionId = '') => app.admin.send(new sdk.AdminRevokeUserSessionCommand({ ...named('max'), SessionId }))
    expect((await revoke(session?.SessionId)).$metadata.httpStatusCode).toBe(200)
    expect(await list()).toEqual([])
    expect(await refusal(revoke(session?.SessionId))).toBeInstanceOf(sdk.ResourceNotFoundException)
    expect(await refusal(visitor.send(new sdk.GetUserCommand({ AccessToken })))).toBeInstanceOf(sdk.NotAuthorizedException)
  })

  it('are refused to a pool of the LITE plan', async () => {
    const lite = await setUpApp(server.url, { pool: { UserPoolTier: 'LITE' } })
    expect(await refusal(track(lite))).toBeInstanceOf(sdk.FeatureUnavailableInTierException)
  })
})
