import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
const ClientMetadata = { lang: 'pt' }
let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email', 'phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
    LambdaConfig: recorder.config('CustomMessage'),
  })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const newest = (to: string) => server.mailbox?.messages(to)[0]
const verified = (name: string) => ({ email: `${name}@example.org`, email_verified: 'true' })

describe('CustomMessage', () => {
  it('is asked for the words of a sign-up code, as in the guide, and never told the code', async () => {
    const email = 'ana@example.org'
    const { UserSub } = await server.ok('SignUp', {
      ClientId: pool.ClientId,
      Username: 'ana',
      Password: password,
      UserAttributes: listed({ email }),
      ClientMetadata,
    })
    const events = recorder.take()
    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'CustomMessage_SignUp',
        region: 'us-east-1',
        userPoolId: pool.UserPoolId,
        userName: 'ana',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
        request: {
          userAttributes: { sub: UserSub, 'cognito:user_status': 'UNCONFIRMED', email, email_verified: 'false' },
          codeParameter: '{####}',
          linkParameter: '{##Click Here##}',
          usernameParameter: null,
          clientMetadata: ClientMetadata,
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ])
    expect(JSON.stringify(events)).not.toContain(server.codeSentTo(email))
    expect(newest(email)).toMatchObject({ subject: 'Your verification code' })
  })

  it("puts its words in the place of the pool's, and the code into them", async () => {
    recorder.respond('CustomMessage_SignUp', { emailMessage: '<b>{####}</b>', emailSubject: 'Welcome', smsMessage: 'SMS {####}' })
    const email = 'own@example.org'
    await signUpUser(server, pool, 'own', { email })
    expect(newest(email)).toMatchObject({ subject: 'Welcome', body: `<b>${server.codeSentTo(email)}</b>` })
    const phone = '+14325550131'
    await signUpUser(server, pool, 'sms', { phone_number: phone })
    expect(newest(phone)).toMatchObject({ medium: 'SMS', subject: '', body: `SMS ${server.codeSentTo(phone)}` })
    await signUpUser(server, pool, 'ok', { email: 'ok@example.org' })
    expect(newest('ok@example.org')?.body).not.toContain('####')
  })

  it('is asked about every other message by its own source', async () => {
    await makeUser(server, pool.UserPoolId, 'bea', verified('bea'))
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    await signUpUser(server, pool, 'new', { email: 'new@example.org' })
    recorder.take()
    const of = { UserPoolId: pool.UserPoolId, Username: 'bea' }
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'new', ClientMetadata })
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'bea', ClientMetadata })
    await server.ok('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email', ClientMetadata })
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ email: 'bea2@example.org' }), ClientMetadata })
    await server.ok('AdminUpdateUserAttributes', { ...of, UserAttributes: listed({ email: 'bea3@example.org' }), ClientMetadata })
    await server.ok('AdminUpdateUserAttributes', { ...of, UserAttributes: listed(verified('bea3')) })
    await server.ok('AdminResetUserPassword', { ...of, ClientMetadata })
    const seen = recorder
      .take()
      .map(({ triggerSource, callerContext, request }) => [triggerSource, callerContext.clientId, request['clientMetadata']])
    const none = 'CLIENT_ID_NOT_APPLICABLE'
    expect(seen).toEqual([
      ['CustomMessage_ResendCode', pool.ClientId, ClientMetadata],
      ['CustomMessage_ForgotPassword', pool.ClientId, ClientMetadata],
      ['CustomMessage_VerifyUserAttribute', pool.ClientId, ClientMetadata],
      ['CustomMessage_UpdateUserAttribute', pool.ClientId, ClientMetadata],
      ['CustomMessage_UpdateUserAttribute', none, ClientMetadata],
      ['CustomMessage_ForgotPassword', none, ClientMetadata],
    ])
  })

  it('has a place for the name in an invitation, whose metadata it hears, also when it is sent again', async () => {
    recorder.respond('CustomMessage', { emailMessage: '{username} & {####}' })
    await server.ok('AdminCreateUser', {
      UserPoolId: pool.UserPoolId,
      Username: 'inv<i>ted',
      TemporaryPassword: temporaryPassword,
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: listed({ email: 'invited@example.org' }),
      ClientMetadata,
    })
    const again = {
      UserPoolId: pool.UserPoolId,
      Username: 'inv<i>ted',
      TemporaryPassword: temporaryPassword,
      MessageAction: 'RESEND',
    } as const
    await server.ok('AdminCreateUser', { ...again, ClientMetadata: { lang: 'de' } })
    expect(recorder.take()).toMatchObject(
      [ClientMetadata, { lang: 'de' }].map((clientMetadata) => ({
        triggerSource: 'CustomMessage_AdminCreateUser',
        callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
        request: { usernameParameter: '{username}', clientMetadata },
      })),
    )
    expect(newest('invited@example.org')?.body).toBe(`inv&lt;i&gt;ted & ${temporaryPassword}`)
  })

  const broken = [
    ...brokenAnswers('CustomMessage'),
    [
      'has no place for the code',
      (event: object) => ({ ...event, response: { emailMessage: 'no code at all' } }),
      'InvalidParameterException',
      String.raw`1 validation error detected: Value at 'emailBody' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`,
    ] as ReturnType<typeof brokenAnswers>[number],
  ]

  it.each(broken)('%s: nothing is sent, and what was written stays', async (what, handler, type, message) => {
    recorder.answer(handler)
    const name = what.replaceAll(' ', '-')
    const email = `${name}@example.org`
    const input = { ClientId: pool.ClientId, Username: name, Password: password, UserAttributes: listed({ email }) }
    expect(await server.refused('SignUp', input)).toEqual([type, message])
    expect((await userOf(server, pool, name)).status).toBe('UNCONFIRMED')
    expect(await server.refused('ResendConfirmationCode', { ClientId: pool.ClientId, Username: name })).toEqual([type, message])
    const of = { UserPoolId: pool.UserPoolId, Username: name }
    expect(await server.refused('AdminUpdateUserAttributes', { ...of, UserAttributes: listed({ email: `2${email}` }) })).toEqual([
      type,
      message,
    ])
    expect([...(server.mailbox?.messages(email) ?? []), ...(server.mailbox?.messages(`2${email}`) ?? [])]).toEqual([])
  })

  it('does not tell by its failure that there is such a user (must-not-happen 34)', async () => {
    const hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, pool.UserPoolId, 'hid@example.org', verified('hid'))
    recorder.answer(() => {
      throw new Error('there is such a user')
    })
    const known = await server.ok('ForgotPassword', { ClientId: hiding.ClientId, Username: 'hid@example.org' })
    await vi.waitFor(() => expect(recorder.take()).toHaveLength(1))
    const unknown = await server.ok('ForgotPassword', { ClientId: hiding.ClientId, Username: 'had@example.org' })
    expect(unknown).toEqual(known)
  })

  it('does not spare a caller the hourly allowance', async () => {
    await makeUser(server, pool.UserPoolId, 'often', verified('often'))
    const AccessToken = await accessTokenOf(server, pool, 'often')
    recorder.answer(() => null)
    const types: string[] = []
    for (let call = 0; call < 6; call += 1) {
      types.push((await server.refused('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' }))[0])
    }
    expect(types).toEqual([...Array(5).fill('InvalidLambdaResponseException'), 'LimitExceededException'])
  })
})
