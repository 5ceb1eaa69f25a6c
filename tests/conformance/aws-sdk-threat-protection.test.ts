import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor } from '../support/sdk-visitor.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'

let server: Poolhouse
let app: App

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true })
  app = await setUpApp(server.url, { pool: { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } } })
})
afterAll(() => server.stop())

const text = '{event-id} {feedback-token}'
const risk = {
  CompromisedCredentialsRiskConfiguration: { EventFilter: ['SIGN_UP'], Actions: { EventAction: 'NO_ACTION' } },
  AccountTakeoverRiskConfiguration: {
    NotifyConfiguration: {
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/shop@example.org',
      NoActionEmail: { Subject: 'Was it you?', TextBody: text, HtmlBody: text },
      BlockEmail: { Subject: 'Blocked', TextBody: text, HtmlBody: text },
    },
    Actions: {
      LowAction: { Notify: true, EventAction: 'NO_ACTION' },
      MediumAction: { Notify: true, EventAction: 'NO_ACTION' },
      HighAction: { Notify: true, EventAction: 'BLOCK' },
    },
  },
  RiskExceptionConfiguration: { BlockedIPRangeList: ['198.51.100.0/24'], SkippedIPRangeList: [] },
} satisfies Omit<sdk.SetRiskConfigurationCommandInput, 'UserPoolId'>

const home = { IpAddress: '192.0.2.1', system: 'Windows NT 10.0' }
const abroad = { IpAddress: '203.0.113.9', system: 'X11; Linux x86_64' }
const blocked = { IpAddress: '198.51.100.7', system: 'X11; Linux x86_64' }

const signInFrom = (USERNAME: string, { IpAddress, system }: typeof home) =>
  app.admin.send(
    new sdk.AdminInitiateAuthCommand({
      UserPoolId: app.poolId,
      ClientId: app.clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: password },
      ContextData: {
        IpAddress,
        ServerName: 'shop.example.org',
        ServerPath: '/login',
        HttpHeaders: [{ headerName: 'User-Agent', headerValue: `Mozilla/5.0 (${system}) Gecko/20100101 Firefox/133.0` }],
      },
    }),
  )
const setRisk = (more: Partial<sdk.SetRiskConfigurationCommandInput> = risk) =>
  app.admin.send(new sdk.SetRiskConfigurationCommand({ UserPoolId: app.poolId, ...more }))
const named = (Username: string) => ({ UserPoolId: app.poolId, Username })
const eventsOf = async (username: string): Promise<sdk.AuthEventType[]> =>
  (await app.admin.send(new sdk.AdminListUserAuthEventsCommand(named(username)))).AuthEvents ?? []

describe('threat protection by the AWS SDK', () => {
  it('is configured for a pool and for a client', async () => {
    const { poolId: UserPoolId, clientId: ClientId, admin } = app
    const { RiskConfiguration } = await setRisk()
    expect(RiskConfiguration).toMatchObject({ UserPoolId, ...risk })
    expect(RiskConfiguration?.LastModifiedDate).toBeInstanceOf(Date)
    const read = await admin.send(new sdk.DescribeRiskConfigurationCommand({ UserPoolId }))
    expect(read.RiskConfiguration).toEqual(RiskConfiguration)
    await setRisk({ ClientId, CompromisedCredentialsRiskConfiguration: risk.CompromisedCredentialsRiskConfiguration })
    const ofClient = await admin.send(new sdk.DescribeRiskConfigurationCommand({ UserPoolId, ClientId }))
    expect(ofClient.RiskConfiguration).toMatchObject({ UserPoolId, ClientId, LastModifiedDate: expect.any(Date) })
    await setRisk({ ClientId })
    const wrong = setRisk({ RiskExceptionConfiguration: { BlockedIPRangeList: ['everywhere'] } })
    expect(await refusal(wrong)).toBeInstanceOf(sdk.InvalidParameterException)
  })

  it('keeps a history, and takes the word of the user and of the operator for it', async () => {
    await setRisk()
    await app.addUser('ana')
    await signInFrom('ana', home)
    await server.clock.advance(1000)
    await signInFrom('ana', abroad)
    const [risky, usual] = await eventsOf('ana')
    expect(risky).toMatchObject({
      EventType: 'SignIn',
      EventResponse: 'Pass',
      EventRisk: { RiskDecision: 'AccountTakeover', RiskLevel: 'Low', CompromisedCredentialsDetected: false },
      ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
      EventContextData: { IpAddress: abroad.IpAddress, DeviceName: 'Firefox 133, Linux' },
    })
    expect(usual).toMatchObject({ EventRisk: { RiskDecision: 'NoRisk' }, EventContextData: { IpAddress: home.IpAddress } })
    for (const event of [risky, usual]) expect(event?.CreationDate).toBeInstanceOf(Date)

    // The message goes out beside the answer.
    await expect.poll(() => server.mailbox.messages('ana@example.org')).toHaveLength(1)
    const [message] = await server.mailbox.messages('ana@example.org')
    const [EventId, FeedbackToken] = message?.body.split(' ') ?? []
    expect([message?.subject, EventId]).toEqual(['Was it you?', risky?.EventId])
    const visitor = createSdkVisitor(server.url, app)
    const feedback = () =>
      visitor.send(new sdk.UpdateAuthEventFeedbackCommand({ ...named('ana'), EventId, FeedbackToken, FeedbackValue: 'Invalid' }))
    expect((await feedback()).$metadata.httpStatusCode).toBe(200)
    expect(await refusal(feedback())).toBeInstanceOf(sdk.NotAuthorizedException)
    await app.admin.send(new sdk.AdminUpdateAuthEventFeedbackCommand({ ...named('ana'), EventId: usual?.EventId, FeedbackValue: 'Valid' }))
    const judged = await eventsOf('ana')
    expect(judged.map(({ EventFeedback }) => EventFeedback)).toEqual([
      { FeedbackValue: 'Invalid', Provider: 'User', FeedbackDate: expect.any(Date) },
      { FeedbackValue: 'Valid', Provider: 'Admin', FeedbackDate: expect.any(Date) },
    ])
  })

  it('refuses an address that is always blocked', async () => {
    await setRisk()
    await app.addUser('bo')
    expect(await refusal(signInFrom('bo', blocked))).toBeInstanceOf(sdk.NotAuthorizedException)
  })

  it('pages through a history with the helper of the SDK', async () => {
    await app.addUser('lea')
    for (const _ of Array.from({ length: 5 })) {
      await signInFrom('lea', home)
      await server.clock.advance(1000)
    }
    const pages: sdk.AuthEventType[][] = []
    for await (const { AuthEvents = [] } of sdk.paginateAdminListUserAuthEvents({ client: app.admin, pageSize: 2 }, named('lea')))
      pages.push(AuthEvents)
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    const times = pages.flat().map(({ CreationDate }) => CreationDate?.getTime() ?? 0)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(new Set(pages.flat().map(({ EventId }) => EventId)).size).toBe(5)
  })

  it('has a class for a pool that keeps none', async () => {
    const without = await setUpApp(server.url)
    await without.addUser('ana')
    const list = without.admin.send(new sdk.AdminListUserAuthEventsCommand({ UserPoolId: without.poolId, Username: 'ana' }))
    expect(await refusal(list)).toBeInstanceOf(sdk.UserPoolAddOnNotEnabledException)
  })
})
