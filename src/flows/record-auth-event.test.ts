import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { knownAttempt, testContext } from '../../tests/support/known-attempt.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import type { CreateUserPoolClientRequest } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'
import { type Occurrence, recordAuthEvent } from './record-auth-event.ts'

const sender = 'arn:aws:lambda:us-east-1:000000000000:function:sender'
let server: Harness
let sent: { triggerSource: string; request: { userAttributes: Record<string, string> } }[]
beforeAll(async () => {
  sent = []
  server = await createHarness({}, { [sender]: (event) => void sent.push(event as never) })
})
afterAll(() => server.close())

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
const request: SignInRequest = { surface: 'admin', context: { ip: '192.0.2.1', userAgent } }

const protectedPool = async (pool: Record<string, unknown> = {}, client: Partial<CreateUserPoolClientRequest> = {}): Promise<MadePool> => {
  const made = await makePool(server, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' }, ...pool }, client)
  // Not verified: notifications go out all the same.
  await makeUser(server, made.UserPoolId, 'ana', { email: 'ana@example.org' })
  return made
}

const record = async (pool: MadePool, values: Partial<Occurrence> = {}) => {
  const attempt = await knownAttempt(server, pool, 'ana', request)
  await recordAuthEvent(testContext(server), { opened: attempt, user: attempt.user, type: 'SignIn', response: 'Pass', request, ...values })
  return (await server.store.authEvents.list(attempt.pool.uid, attempt.user.id, { limit: 60 })).rows
}

const mail = (Subject: string) => ({ Subject, TextBody: '{username} from {ip-address} with {device-name}: {event-id} {feedback-token}' })
const notifying = (UserPoolId: string) => ({
  UserPoolId,
  AccountTakeoverRiskConfiguration: {
    Actions: { LowAction: { EventAction: 'NO_ACTION' as const, Notify: true } },
    NotifyConfiguration: {
      From: 'Security <security@example.org>',
      ReplyTo: 'help@example.org',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
      NoActionEmail: mail('New sign-in'),
      BlockEmail: mail('Blocked'),
    },
  },
})
const told = { level: 'low', action: 'NO_ACTION', notify: true } as const

describe('recordAuthEvent', () => {
  it('writes nothing in a pool without threat protection', async () => {
    const pool = await makePool(server)
    await makeUser(server, pool.UserPoolId, 'ana')
    expect(await record(pool)).toEqual([])
  })

  it('keeps who, when, how it ended and what was found', async () => {
    const challenges = [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }] as const
    const [event] = await record(await protectedPool(), { eventId: 'event-of-the-tokens', challenges })
    expect(event).toMatchObject({
      EventId: 'event-of-the-tokens',
      EventType: 'SignIn',
      EventResponse: 'Pass',
      CreationDate: server.clock.now(),
      EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
      ChallengeResponses: challenges,
      EventContextData: { IpAddress: '192.0.2.1', DeviceName: 'Firefox 128, Linux' },
    })
    expect(event?.EventRisk).not.toHaveProperty('RiskLevel')
  })

  it('tells risks apart', async () => {
    const riskOf = async (values: Partial<Occurrence>) => (await record(await protectedPool(), values))[0]?.EventRisk
    expect(await riskOf({ risk: { level: 'medium', action: 'BLOCK', notify: false } })).toMatchObject({
      RiskDecision: 'AccountTakeover',
      RiskLevel: 'Medium',
    })
    expect(await riskOf({ risk: { level: 'none', action: 'BLOCK', notify: false, blockedAddress: true } })).toMatchObject({
      RiskDecision: 'Block',
    })
    expect(await riskOf({ compromised: true })).toMatchObject({ RiskDecision: 'NoRisk', CompromisedCredentialsDetected: true })
  })

  it('keeps a failure where existence is hidden too', async () => {
    const pool = await protectedPool({}, { PreventUserExistenceErrors: 'ENABLED' })
    await record(pool, { response: 'Fail' })
    await expect.poll(async () => (await record(pool)).map(({ EventResponse }) => EventResponse).sort()).toContain('Fail')
  })
})

describe('a notification', () => {
  it('tells the user by mail what was done and from where', async () => {
    const pool = await protectedPool()
    await server.ok('SetRiskConfiguration', notifying(pool.UserPoolId))
    server.mailbox?.clear()
    const [event] = await record(pool, { risk: told })
    await expect.poll(() => server.mailbox?.messages('ana@example.org')).toHaveLength(1)
    const message = server.mailbox?.messages('ana@example.org')[0]
    expect(message).toMatchObject({
      subject: 'New sign-in',
      from: 'Security <security@example.org>',
      replyTo: 'help@example.org',
      text: expect.stringMatching(new RegExp(`^ana from 192\\.0\\.2\\.1 with Firefox 128, Linux: ${event?.EventId} [\\w-]+$`)),
    })
  })

  it('is not sent where the rules do not want one, or the user has no address', async () => {
    const pool = await protectedPool()
    await server.ok('SetRiskConfiguration', notifying(pool.UserPoolId))
    server.mailbox?.clear()
    await record(pool, { risk: { ...told, notify: false } })
    await server.ok('AdminDeleteUserAttributes', { UserPoolId: pool.UserPoolId, Username: 'ana', UserAttributeNames: ['email'] })
    await record(pool, { risk: told })
    expect(server.mailbox?.messages()).toEqual([])
  })

  it('goes through the sender of the pool where it has one', async () => {
    const LambdaConfig = {
      CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: sender },
      KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/a',
    }
    const pool = await protectedPool({ LambdaConfig })
    await server.ok('SetRiskConfiguration', notifying(pool.UserPoolId))
    server.mailbox?.clear()
    const [event] = await record(pool, { risk: told })
    await expect.poll(() => sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      triggerSource: 'CustomEmailSender_AccountTakeOverNotification',
      request: {
        code: null,
        userAttributes: {
          email: 'ana@example.org',
          EVENT_ID: event?.EventId,
          USER_NAME: 'ana',
          IP_ADDRESS: '192.0.2.1',
          DEVICE_NAME: 'Firefox 128, Linux',
          CITY: null,
          COUNTRY: null,
          LOGIN_TIME: expect.stringMatching(/^[A-Z][a-z]+day, [A-Z][a-z]+ \d+, \d{4} \d\d:\d\d [AP]M UTC$/),
          ACCOUNT_TAKE_OVER_ACTION: 'NO_ACTION',
          FEEDBACK_TOKEN: expect.stringMatching(/^[\w-]+$/),
        },
      },
    })
    expect(sent[0]).not.toHaveProperty('response')
    expect(server.mailbox?.messages()).toEqual([])
  })
})
