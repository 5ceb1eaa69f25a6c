import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listed, userOf } from '../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { testContext } from '../../tests/support/known-attempt.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { makeUser, password } from '../../tests/support/make-user.ts'
import { signUpUser } from '../../tests/support/sign-up-user.ts'
import { createTriggerRecorder, recorderArn } from '../../tests/support/trigger-recorder.ts'
import type { CreateUserPoolRequest } from '../model/types.gen.ts'
import { confirmByCode } from './confirm-by-code.ts'
import { openClient } from './open-client.ts'

const recorder = createTriggerRecorder()
const noDomain = [
  'InvalidParameterException',
  'Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool',
]

let server: Harness
let pool: MadePool
let without: MadePool

const byLink = (settings: Partial<CreateUserPoolRequest> = {}) =>
  makePool(server, {
    AutoVerifiedAttributes: ['email', 'phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_LINK',
      EmailMessageByLink: '<p>{##This way##}</p>',
      EmailSubjectByLink: 'A link',
      EmailMessage: 'Code {####}',
    },
    ...settings,
  })

const withDomain = async (Domain: string, settings: Partial<CreateUserPoolRequest> = {}) => {
  const made = await byLink(settings)
  await server.ok('CreateUserPoolDomain', { UserPoolId: made.UserPoolId, Domain })
  return made
}

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await withDomain('shop')
  without = await byLink()
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const newest = (to: string) => server.mailbox?.messages(to)[0]
/** The link in the newest message, as a browser reads it. */
const linkTo = (to: string): URL => {
  const [, href = ''] = newest(to)?.body.match(/href="([^"]*)"/) ?? []
  return new URL(href.replaceAll('&amp;', '&'))
}

/** Opens the link as the page does. */
const follow = async (link: URL) => {
  const ctx = testContext(server)
  const query = Object.fromEntries(link.searchParams)
  return confirmByCode(ctx, await openClient(ctx, query['client_id'] ?? ''), {
    username: query['user_name'] ?? '',
    code: query['confirmation_code'] ?? '',
    request: { surface: 'hosted' },
  })
}

describe('a sign-up in a pool that confirms by link', () => {
  it('is confirmed by the link in the mail', async () => {
    const email = 'ana@example.org'
    await signUpUser(server, pool, 'ana&co+1', { email })
    const query = `client_id=${pool.ClientId}&user_name=ana%26co%2B1&confirmation_code=${server.codeSentTo(email)}`
    expect(linkTo(email).href).toBe(`http://localhost:9339/confirmUser?${query}`)
    expect(newest(email)).toMatchObject({ subject: 'A link', body: expect.stringMatching(/^<p><a href="[^"]+">This way<\/a><\/p>$/) })
    expect(await follow(linkTo(email))).toMatchObject({ user: { username: 'ana&co+1' }, medium: 'EMAIL' })
    expect(await userOf(server, pool, 'ana&co+1')).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } })
  })

  it('gets a new link when the code is sent again, and the old one is void', async () => {
    const email = 'again@example.org'
    await signUpUser(server, pool, 'again', { email })
    const first = linkTo(email)
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'again' })
    await expect(follow(first)).rejects.toMatchObject({ code: 'CodeMismatchException' })
    expect((await follow(linkTo(email))).user.status).toBe('CONFIRMED')
  })

  it('names a user who signs in with an address by the user name', async () => {
    const named = await withDomain('named', { UsernameAttributes: ['email'] })
    const email = 'ida+1@example.org'
    const { UserSub } = await signUpUser(server, named, email)
    expect(linkTo(email).searchParams.get('user_name')).toBe(UserSub)
    expect((await follow(linkTo(email))).user.id).toBe(UserSub)
  })

  it('gets a code by SMS, and codes for everything else', async () => {
    const phone = '+14325550141'
    await signUpUser(server, pool, 'sms', { phone_number: phone })
    expect(newest(phone)?.body).toBe(`Your verification code is ${server.codeSentTo(phone)}`)
    const email = 'bea@example.org'
    await makeUser(server, pool.UserPoolId, 'bea', { email, email_verified: 'true' })
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'bea' })
    expect(newest(email)?.body).toBe(`Code ${server.codeSentTo(email)}`)
  })

  it('brings the link in the words of CustomMessage, in which the code may stand too', async () => {
    const custom = await withDomain('custom', { LambdaConfig: recorder.config('CustomMessage') })
    const email = 'words@example.org'
    recorder.answer((event) => ({
      ...event,
      response: { emailMessage: `${event.request['linkParameter']} or ${event.request['codeParameter']}`, emailSubject: 'Hello' },
    }))
    await signUpUser(server, custom, 'words', { email })
    expect(newest(email)).toMatchObject({ subject: 'Hello', body: expect.stringMatching(/^<a href="[^"]+">Click Here<\/a> or \d{6}$/) })
    expect((await follow(linkTo(email))).user.status).toBe('CONFIRMED')
    await makeUser(server, custom.UserPoolId, 'forgetful', { email: 'forgetful@example.org', email_verified: 'true' })
    recorder.respond('CustomMessage', { emailMessage: 'Go {##there##}' })
    expect((await server.refused('ForgotPassword', { ClientId: custom.ClientId, Username: 'forgetful' }))[0]).toBe(
      'InvalidParameterException',
    )
  })
})

describe('a pool that confirms by link and has no domain', () => {
  it('registers nobody whom a link would go to', async () => {
    const email = 'nobody@example.org'
    const input = { ClientId: without.ClientId, Username: 'nobody', Password: password, UserAttributes: listed({ email }) }
    expect(await server.refused('SignUp', input)).toEqual(noDomain)
    expect((await server.refused('AdminGetUser', { UserPoolId: without.UserPoolId, Username: 'nobody' }))[0]).toBe('UserNotFoundException')
    expect(newest(email)).toBeUndefined()
    await signUpUser(server, without, 'phone', { phone_number: '+14325550142' })
  })

  it('sends nothing again, and does not tell by that who is there', async () => {
    const gone = await withDomain('gone')
    await signUpUser(server, gone, 'left', { email: 'left@example.org' })
    await server.ok('DeleteUserPoolDomain', { UserPoolId: gone.UserPoolId, Domain: 'gone' })
    expect(await server.refused('ResendConfirmationCode', { ClientId: gone.ClientId, Username: 'left' })).toEqual(noDomain)
    const { ClientId } = await makeClient(server, gone.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
    const before = server.mailbox?.messages('left@example.org').length
    await server.ok('ResendConfirmationCode', { ClientId, Username: 'left' })
    await server.ok('ResendConfirmationCode', { ClientId, Username: 'no-such-user' })
    expect(server.mailbox?.messages('left@example.org').length).toBe(before)
  })

  it('leaves the mail to a CustomEmailSender, which gets the code', async () => {
    const sending = await byLink({
      LambdaConfig: {
        CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: recorderArn },
        KMSKeyID: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      },
    })
    await signUpUser(server, sending, 'own', { email: 'own@example.org' })
    await vi.waitFor(() => expect(recorder.take().map(({ triggerSource }) => triggerSource)).toEqual(['CustomEmailSender_SignUp']))
  })
})
