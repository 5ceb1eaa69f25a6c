import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { testContext } from '../../tests/support/known-attempt.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../tests/support/make-user.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import type { CreateUserPoolClientRequest, CreateUserPoolRequest, SetRiskConfigurationRequest } from '../model/types.gen.ts'
import { giveFeedback } from './give-feedback.ts'
import { openClient } from './open-client.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const leaked = 'Password1!'
const another = 'Another-Horse-8'

/** Where a person sits, as a server reports it. */
interface Place {
  readonly ip: string
  readonly system: string
}

const home: Place = { ip: '192.0.2.1', system: 'Windows NT 10.0' }
const abroad: Place = { ip: '203.0.113.9', system: 'X11; Linux x86_64' }

const contextData = ({ ip, system }: Place) => ({
  IpAddress: ip,
  ServerName: 'app.example.org',
  ServerPath: '/login',
  HttpHeaders: [
    { headerName: 'User-Agent', headerValue: `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36` },
  ],
})

const addOns = (AdvancedSecurityMode: 'AUDIT' | 'ENFORCED'): Partial<CreateUserPoolRequest> => ({
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode },
  AutoVerifiedAttributes: ['email'],
})

interface Wanted {
  readonly mode?: 'AUDIT' | 'ENFORCED'
  readonly risk?: Omit<SetRiskConfigurationRequest, 'UserPoolId'>
  readonly client?: Partial<CreateUserPoolClientRequest>
}

const protectedPool = async ({ mode = 'ENFORCED', risk, client }: Wanted = {}): Promise<MadePool> => {
  const pool = await makePool(server, addOns(mode), client)
  if (risk !== undefined) await server.ok('SetRiskConfiguration', { UserPoolId: pool.UserPoolId, ...risk })
  await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
  return pool
}

const signInFrom = async ({ UserPoolId, ClientId }: MadePool, place: Place, PASSWORD: string = password) => {
  const { body } = await server.call('AdminInitiateAuth', {
    UserPoolId,
    ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ana', PASSWORD },
    ContextData: contextData(place),
  })
  return body.__type === undefined ? (body.ChallengeName ?? 'tokens') : [body.__type, body.message]
}

const eventsOf = async ({ UserPoolId }: MadePool, Username = 'ana') =>
  (await server.ok('AdminListUserAuthEvents', { UserPoolId, Username })).AuthEvents

const blocked = ['NotAuthorizedException', 'Unable to login because of security reasons.']

describe('a risky sign-in', () => {
  it('is blocked and kept in the history, until somebody vouches for it', async () => {
    const pool = await protectedPool()
    expect(await signInFrom(pool, home)).toBe('tokens')
    server.clock.advance(1000)
    expect(await signInFrom(pool, abroad)).toEqual(blocked)
    const [risky, usual] = await eventsOf(pool)
    expect(risky).toMatchObject({
      EventType: 'SignIn',
      EventResponse: 'Fail',
      EventRisk: { RiskDecision: 'AccountTakeover', RiskLevel: 'Low', CompromisedCredentialsDetected: false },
      EventContextData: { IpAddress: '203.0.113.9', DeviceName: 'Chrome 125, Linux' },
    })
    expect(usual).toMatchObject({
      EventResponse: 'Pass',
      EventRisk: { RiskDecision: 'NoRisk' },
      ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
    })
    await server.ok('AdminUpdateAuthEventFeedback', {
      UserPoolId: pool.UserPoolId,
      Username: 'ana',
      EventId: risky.EventId,
      FeedbackValue: 'Valid',
    })
    expect(await signInFrom(pool, abroad)).toBe('tokens')
  })

  it('is recorded and let through in audit mode', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    await signInFrom(pool, home)
    server.clock.advance(1000)
    expect(await signInFrom(pool, abroad)).toBe('tokens')
    expect((await eventsOf(pool))[0]).toMatchObject({
      EventResponse: 'Pass',
      EventRisk: { RiskDecision: 'AccountTakeover', RiskLevel: 'Low' },
    })
  })

  it('comes after wrong passwords, which are kept too', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    await signInFrom(pool, home)
    for (let count = 0; count < 3; count += 1) {
      server.clock.advance(60_000)
      expect((await signInFrom(pool, abroad, 'Wrong-Horse-7'))[0]).toBe('NotAuthorizedException')
    }
    server.clock.advance(60_000)
    expect(await signInFrom(pool, abroad)).toBe('tokens')
    const events = await eventsOf(pool)
    expect(events.map(({ EventResponse }: { EventResponse: string }) => EventResponse)).toEqual(['Pass', 'Fail', 'Fail', 'Fail', 'Pass'])
    expect(events[0].EventRisk.RiskLevel).toBe('Medium')
  })

  it('reaches the user by mail where the rules say so', async () => {
    const pool = await protectedPool({
      risk: {
        AccountTakeoverRiskConfiguration: {
          Actions: { LowAction: { EventAction: 'BLOCK', Notify: true } },
          NotifyConfiguration: {
            SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
            BlockEmail: { Subject: 'Blocked', HtmlBody: '<p>{username} from {ip-address}, token {feedback-token}, event {event-id}</p>' },
          },
        },
      },
    })
    await signInFrom(pool, home)
    server.mailbox?.clear()
    expect(await signInFrom(pool, abroad)).toEqual(blocked)
    await expect.poll(() => server.mailbox?.messages('ana@example.org')).toHaveLength(1)
    const { subject, body } = server.mailbox?.messages('ana@example.org')[0] ?? {}
    expect(subject).toBe('Blocked')
    const [, FeedbackToken = '', EventId = ''] = /token ([\w-]+), event ([\w-]+)<\/p>$/.exec(body ?? '') ?? []
    const feedback = { UserPoolId: pool.UserPoolId, Username: 'ana', EventId, FeedbackToken, FeedbackValue: 'Valid' }
    await server.ok('UpdateAuthEventFeedback', feedback, { unsigned: true })
    expect(await signInFrom(pool, abroad)).toBe('tokens')
  })

  it('lets the user answer with the link in the mail, once', async () => {
    const pool = await protectedPool({
      risk: {
        AccountTakeoverRiskConfiguration: {
          Actions: { LowAction: { EventAction: 'BLOCK', Notify: true } },
          NotifyConfiguration: {
            SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
            BlockEmail: { Subject: 'Blocked', TextBody: 'no: {one-click-link-invalid}\nyes: {one-click-link-valid}\n' },
          },
        },
      },
    })
    await signInFrom(pool, home)
    server.mailbox?.clear()
    server.clock.advance(1000)
    expect(await signInFrom(pool, abroad)).toEqual(blocked)
    await expect.poll(() => server.mailbox?.messages('ana@example.org')).toHaveLength(1)
    const links = [...(server.mailbox?.messages('ana@example.org')[0]?.text?.matchAll(/: (\S+)/g) ?? [])].map(
      ([, link = '']) => new URL(link),
    )
    expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual(Array(2).fill('http://localhost:9339/feedback'))
    const ctx = testContext(server)
    const follow = async ({ searchParams }: URL) => {
      const { client_id = '', user_name = '', event_id = '', feedback_token = '', feedback_value } = Object.fromEntries(searchParams)
      const value = feedback_value === 'Valid' ? 'Valid' : 'Invalid'
      const opened = await openClient(ctx, client_id)
      await giveFeedback(ctx, opened.pool, { username: user_name, eventId: event_id, token: feedback_token, value })
    }
    const [no, yes] = links as [URL, URL]
    await follow(no)
    expect((await eventsOf(pool))[0].EventFeedback).toMatchObject({ FeedbackValue: 'Invalid', Provider: 'User' })
    await expect(follow(yes)).rejects.toMatchObject({ code: 'NotAuthorizedException' })
  })

  it('tells the user also where it ends at the second factor', async () => {
    const pool = await protectedPool({
      risk: {
        AccountTakeoverRiskConfiguration: {
          Actions: { LowAction: { EventAction: 'MFA_REQUIRED', Notify: true } },
          NotifyConfiguration: {
            SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
            MfaEmail: { Subject: 'Prove it', TextBody: 'From {ip-address}' },
          },
        },
      },
    })
    await signInFrom(pool, home)
    server.mailbox?.clear()
    server.clock.advance(1000)
    expect(await signInFrom(pool, abroad)).toEqual(blocked)
    await expect.poll(() => server.mailbox?.messages('ana@example.org')).toMatchObject([{ subject: 'Prove it', text: 'From 203.0.113.9' }])
    expect((await eventsOf(pool))[0]).toMatchObject({ EventResponse: 'InProgress', EventRisk: { RiskLevel: 'Low' } })
  })

  it('needs a second factor where the rules demand one, and is blocked for a user without', async () => {
    const action = (EventAction: 'MFA_REQUIRED' | 'MFA_IF_CONFIGURED') => ({
      AccountTakeoverRiskConfiguration: { Actions: { LowAction: { EventAction, Notify: false } } },
    })
    const required = await protectedPool({ risk: action('MFA_REQUIRED') })
    await signInFrom(required, home)
    expect(await signInFrom(required, abroad)).toEqual(blocked)
    const asked = await protectedPool({ risk: action('MFA_IF_CONFIGURED') })
    await signInFrom(asked, home)
    expect(await signInFrom(asked, abroad)).toBe('tokens')
  })
})

describe('a compromised password', () => {
  const signUp = (pool: MadePool, Username: string, Password: string) =>
    server.call(
      'SignUp',
      { ClientId: pool.ClientId, Username, Password, UserAttributes: [{ Name: 'email', Value: `${Username}@example.org` }] },
      { unsigned: true },
    )
  const refusal = { __type: 'InvalidPasswordException', message: 'Provided password cannot be used for security reasons.' }

  it('is refused at sign-up', async () => {
    const pool = await protectedPool()
    expect((await signUp(pool, 'ben', leaked)).body).toMatchObject(refusal)
    expect((await signUp(pool, 'ben', another)).status).toBe(200)
    expect(await eventsOf(pool, 'ben')).toMatchObject([{ EventType: 'SignUp', EventResponse: 'InProgress' }])
  })

  it('ends the sign-in with it, and only another one opens the account again', async () => {
    const pool = await protectedPool()
    const { UserPoolId, ClientId } = pool
    await server.ok('AdminSetUserPassword', { UserPoolId, Username: 'ana', Password: leaked, Permanent: true })
    const reset = ['PasswordResetRequiredException', 'Password reset required for user due to security reasons']
    expect(await signInFrom(pool, home, leaked)).toEqual(reset)
    expect((await signInFrom(pool, home, leaked))[0]).toBe('PasswordResetRequiredException')
    await server.ok('ForgotPassword', { ClientId, Username: 'ana' }, { unsigned: true })
    const answer = { ClientId, Username: 'ana', ConfirmationCode: server.codeSentTo('ana@example.org') }
    expect((await server.call('ConfirmForgotPassword', { ...answer, Password: leaked }, { unsigned: true })).body).toMatchObject(refusal)
    await server.ok('ConfirmForgotPassword', { ...answer, Password: another }, { unsigned: true })
    expect(await signInFrom(pool, home, another)).toBe('tokens')
    expect(
      (await eventsOf(pool)).map(({ EventType, EventResponse }: Record<string, string>) => `${EventType} ${EventResponse}`).sort(),
    ).toEqual(['ForgotPassword InProgress', 'ForgotPassword Pass', 'SignIn Fail', 'SignIn Pass'])
  })

  it('can not be the first one of an invited user', async () => {
    const pool = await protectedPool()
    const { UserPoolId, ClientId } = pool
    await inviteUser(server, UserPoolId, 'ben')
    const AuthParameters = { USERNAME: 'ben', PASSWORD: temporaryPassword }
    const { Session } = await server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }, { unsigned: true })
    const answer = (NEW_PASSWORD: string) =>
      server.call(
        'RespondToAuthChallenge',
        { ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses: { USERNAME: 'ben', NEW_PASSWORD } },
        { unsigned: true },
      )
    expect((await answer(leaked)).body).toMatchObject(refusal)
    expect((await answer(another)).body.AuthenticationResult).toBeDefined()
  })

  it('can not replace another one', async () => {
    const pool = await protectedPool()
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters,
    })
    const change = (ProposedPassword: string) =>
      server.call(
        'ChangePassword',
        { AccessToken: AuthenticationResult.AccessToken, PreviousPassword: password, ProposedPassword },
        { unsigned: true },
      )
    expect((await change(leaked)).body).toMatchObject(refusal)
    expect((await change(another)).status).toBe(200)
    const changes = (await eventsOf(pool)).filter(({ EventType }: { EventType: string }) => EventType === 'PasswordChange')
    expect(changes.map(({ EventResponse }: { EventResponse: string }) => EventResponse).sort()).toEqual(['Fail', 'Pass'])
    expect(JSON.stringify(changes)).not.toMatch(/Password1!|Horse/)
  })

  it('is noted in audit mode, and lets everybody through', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    await server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username: 'ana', Password: leaked, Permanent: true })
    expect(await signInFrom(pool, home, leaked)).toBe('tokens')
    expect((await eventsOf(pool))[0].EventRisk).toEqual({ RiskDecision: 'NoRisk', CompromisedCredentialsDetected: true })
  })
})

describe('an address that is always blocked', () => {
  const risk = { RiskExceptionConfiguration: { BlockedIPRangeList: ['203.0.113.0/24'] } }
  const notAllowed = ['NotAuthorizedException', 'Request not allowed due to security reasons.']

  it('signs nobody in, and nobody up', async () => {
    const pool = await protectedPool({ risk })
    expect(await signInFrom(pool, abroad)).toEqual(notAllowed)
    expect(await signInFrom(pool, home)).toBe('tokens')
    const local = await protectedPool({ risk: { RiskExceptionConfiguration: { BlockedIPRangeList: ['127.0.0.0/8'] } } })
    expect(await server.refused('SignUp', { ClientId: local.ClientId, Username: 'ben', Password: another }, { unsigned: true })).toEqual(
      notAllowed,
    )
  })
})

describe('the history of a user', () => {
  it('has the event that the tokens of the sign-in name', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
    const { AuthenticationResult: tokens } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters,
    })
    const [event] = await eventsOf(pool)
    expect([tokens.IdToken, tokens.AccessToken].map((token) => tokenParts(token).payload['event_id'])).toEqual([
      event.EventId,
      event.EventId,
    ])
  })

  it('has the codes that were asked for, and the sign-up that one of them confirmed', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    const { ClientId } = pool
    const UserAttributes = [{ Name: 'email', Value: 'ben@example.org' }]
    await server.ok('SignUp', { ClientId, Username: 'ben', Password: another, UserAttributes }, { unsigned: true })
    server.clock.advance(1000)
    await server.ok('ResendConfirmationCode', { ClientId, Username: 'ben' }, { unsigned: true })
    server.clock.advance(1000)
    await server.call('ConfirmSignUp', { ClientId, Username: 'ben', ConfirmationCode: 'no-code' }, { unsigned: true })
    server.clock.advance(1000)
    await server.ok(
      'ConfirmSignUp',
      { ClientId, Username: 'ben', ConfirmationCode: server.codeSentTo('ben@example.org') },
      { unsigned: true },
    )
    expect((await eventsOf(pool, 'ben')).map(({ EventType, EventResponse }: Record<string, string>) => [EventType, EventResponse])).toEqual(
      [
        ['SignUp', 'Pass'],
        ['SignUp', 'Fail'],
        ['ResendCode', 'InProgress'],
        ['SignUp', 'InProgress'],
      ],
    )
  })

  it('has no failures that nothing counts: a stranger could blind the rules with them, and lock the user out', async () => {
    const pool = await protectedPool({
      client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    })
    const { UserPoolId, ClientId } = pool
    await makeUser(server, UserPoolId, 'eve')
    const answer = (USERNAME: string, PASSWORD_CLAIM_SECRET_BLOCK: string) =>
      server.refused('RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: {
          USERNAME,
          PASSWORD_CLAIM_SECRET_BLOCK,
          PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
          TIMESTAMP: 'Thu Jan 15 12:00:00 UTC 2026',
        },
      })
    const wrong = ['NotAuthorizedException', 'Incorrect username or password.']
    expect(await answer('ana', Buffer.alloc(600, 1).toString('base64'))).toEqual(wrong)
    const begun = { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'eve', SRP_A: 'a'.repeat(700) } }
    const { ChallengeParameters } = await server.ok('InitiateAuth', begun)
    expect(await answer('ana', ChallengeParameters.SECRET_BLOCK)).toEqual(wrong)
    expect(await eventsOf(pool)).toEqual([])
    expect(await eventsOf(pool, 'eve')).toMatchObject([{ EventType: 'SignIn', EventResponse: 'Fail' }])
  })

  it('is gone with the user (must-not-happen 36)', async () => {
    const pool = await protectedPool({ mode: 'AUDIT' })
    await signInFrom(pool, home)
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'ana' })
    await makeUser(server, pool.UserPoolId, 'ana')
    expect(await eventsOf(pool)).toEqual([])
  })
})
