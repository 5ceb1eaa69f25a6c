import { buildDecrypt } from '@aws-crypto/decrypt-node'
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listed, userOf } from '../../../tests/support/attributes.ts'
import { callsThrough, createHarness, type Harness, testSenderKey } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { createTriggerRecorder, recorderArn } from '../../../tests/support/trigger-recorder.ts'
import { contextOf } from '../../api/context-of.ts'
import type { TriggerEvent } from '../../triggers/triggers.ts'
import { sendTakeOverNotification } from '../send-message.ts'

const recorder = createTriggerRecorder()
const sender = { LambdaArn: recorderArn, LambdaVersion: 'V1_0' } as const
const KMSKeyID = 'arn:aws:kms:us-east-1:123456789012:key/poolhouse'
const ClientMetadata = { lang: 'pt' }
const phone = '+14325550141'
let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, {
    AutoVerifiedAttributes: ['email', 'phone_number'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
    LambdaConfig: { CustomEmailSender: sender, CustomSMSSender: sender, KMSKeyID, ...recorder.config('CustomMessage') },
  })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

/** Nobody waits for senders. */
const sent = async (count = 1): Promise<TriggerEvent[]> => {
  const events: TriggerEvent[] = []
  await vi.waitFor(() => {
    events.push(...recorder.take())
    expect(events).toHaveLength(count)
  })
  return events
}

const opened = async (event: TriggerEvent | undefined): Promise<string> => {
  const keyring = new RawAesKeyringNode({
    keyName: 'poolhouse',
    keyNamespace: 'poolhouse',
    unencryptedMasterKey: Uint8Array.from(testSenderKey),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  })
  const { plaintext, messageHeader } = await buildDecrypt().decrypt(keyring, Buffer.from(String(event?.request['code']), 'base64'))
  expect({ ...messageHeader.encryptionContext }).toEqual({ 'userpool-id': pool.UserPoolId })
  return plaintext.toString('utf8')
}

const signUp = (Username: string, attributes: Record<string, string>) => ({
  ClientId: pool.ClientId,
  Username,
  Password: password,
  UserAttributes: listed(attributes),
  ClientMetadata,
})

describe('custom senders', () => {
  it('get the code of a sign-up by e-mail, encrypted, in the place of the delivery', async () => {
    const email = 'ana@example.org'
    const { UserSub, CodeDeliveryDetails } = await server.ok('SignUp', signUp('ana', { email }))
    expect(CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' })
    const [event] = await sent()
    expect(event).toEqual({
      version: '1',
      triggerSource: 'CustomEmailSender_SignUp',
      region: 'us-east-1',
      userPoolId: pool.UserPoolId,
      userName: 'ana',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
      request: {
        type: 'customEmailSenderRequestV1',
        code: expect.any(String),
        clientMetadata: ClientMetadata,
        userAttributes: { sub: UserSub, 'cognito:user_status': 'UNCONFIRMED', email, email_verified: 'false' },
      },
    })
    expect(server.mailbox?.messages()).toEqual([])
    const ConfirmationCode = await opened(event)
    expect(ConfirmationCode).toMatch(/^\d{6}$/)
    expect(JSON.stringify(event)).not.toContain(ConfirmationCode)
    await server.ok('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'ana', ConfirmationCode })
  })

  it('get the code of a sign-up by SMS', async () => {
    await server.ok('SignUp', signUp('sms', { phone_number: phone }))
    const [event] = await sent()
    expect(event).toMatchObject({ triggerSource: 'CustomSMSSender_SignUp', request: { type: 'customSMSSenderRequestV1' } })
    await server.ok('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'sms', ConfirmationCode: await opened(event) })
  })

  it('get every other message by its own source', async () => {
    await makeUser(server, pool.UserPoolId, 'bea', { email: 'bea@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, pool, 'bea')
    const of = { UserPoolId: pool.UserPoolId, Username: 'bea' }
    await server.ok('SignUp', signUp('new', { email: 'new@example.org' }))
    await server.ok('ResendConfirmationCode', { ClientId: pool.ClientId, Username: 'new', ClientMetadata })
    await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username: 'bea', ClientMetadata })
    await server.ok('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email', ClientMetadata })
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: listed({ phone_number: phone }), ClientMetadata })
    await server.ok('AdminUpdateUserAttributes', { ...of, UserAttributes: listed({ email: 'bea2@example.org' }), ClientMetadata })
    const events = await sent(6)
    expect(events.map(({ triggerSource, request }) => [triggerSource, request['clientMetadata']]).sort()).toEqual([
      ['CustomEmailSender_ForgotPassword', ClientMetadata],
      ['CustomEmailSender_ResendCode', null],
      ['CustomEmailSender_SignUp', ClientMetadata],
      ['CustomEmailSender_UpdateUserAttribute', null],
      ['CustomEmailSender_VerifyUserAttribute', null],
      ['CustomSMSSender_UpdateUserAttribute', null],
    ])
    expect(server.mailbox?.messages()).toEqual([])
  })

  it('get temporary passwords by both mediums, as HTML by e-mail', async () => {
    await server.ok('AdminCreateUser', {
      UserPoolId: pool.UserPoolId,
      Username: 'both',
      TemporaryPassword: 'Ab1<&>"xyz',
      DesiredDeliveryMediums: ['EMAIL', 'SMS'],
      UserAttributes: listed({ email: 'both@example.org', phone_number: phone }),
      ClientMetadata,
    })
    const events = await sent(2)
    const bySource = new Map(events.map((event) => [event.triggerSource, event]))
    expect(await opened(bySource.get('CustomEmailSender_AdminCreateUser'))).toBe('Ab1&lt;&amp;&gt;&quot;xyz')
    expect(await opened(bySource.get('CustomSMSSender_AdminCreateUser'))).toBe('Ab1<&>"xyz')
    expect(events.map(({ request }) => request['clientMetadata'])).toEqual([null, null])
  })

  it('are not waited for: what becomes of them is their own affair', async () => {
    recorder.answer(() => {
      throw new Error('no mail today')
    })
    await server.ok('SignUp', signUp('unsent', { email: 'unsent@example.org' }))
    await sent()
  })

  it('leave the other medium to the server', async () => {
    const half = await makePool(server, { AutoVerifiedAttributes: ['email'], LambdaConfig: { CustomSMSSender: sender, KMSKeyID } })
    await server.ok('SignUp', { ...signUp('half', { email: 'half@example.org' }), ClientId: half.ClientId })
    expect(server.codeSentTo('half@example.org')).toMatch(/^\d{6}$/)
    expect(recorder.take()).toEqual([])
  })

  it('get nothing while there is no key to encrypt with', async () => {
    const warned: object[] = []
    const log = { ...server.log, warn: (fields: object) => warned.push(fields) }
    const keyless = callsThrough(redispatch(server, { senderKey: undefined, log }))
    expect((await keyless.refused('SignUp', signUp('keyless', { email: 'keyless@example.org' })))[0]).toBe('UnexpectedLambdaException')
    expect(warned).toEqual([
      expect.objectContaining({ trigger: 'CustomEmailSender', reason: expect.stringContaining('--sender-key-file') }),
    ])
    expect(recorder.take()).toEqual([])
    expect(server.mailbox?.messages('keyless@example.org')).toEqual([])
    expect((await userOf(server, pool, 'keyless')).status).toBe('UNCONFIRMED')
  })

  it('that are not mapped fail what needed them', async () => {
    const lost = { LambdaArn: 'arn:aws:lambda:us-east-1:123456789012:function:none', LambdaVersion: 'V1_0' } as const
    const guarded = await makePool(server, { AutoVerifiedAttributes: ['email'], LambdaConfig: { CustomEmailSender: lost, KMSKeyID } })
    const input = { ...signUp('lost', { email: 'lost@example.org' }), ClientId: guarded.ClientId }
    expect((await server.refused('SignUp', input))[0]).toBe('UnexpectedLambdaException')
    expect(server.mailbox?.messages('lost@example.org')).toEqual([])
  })

  it('tell of a risky sign-in, without words or code', async () => {
    const ctx = contextOf(server, {
      requestId: 'r',
      operation: 'InitiateAuth',
      region: 'us-east-1',
      actor: 'anonymous',
      ip: undefined,
      mayChooseIds: false,
    })
    const of = await server.store.pools.byId(pool.UserPoolId)
    const user = of && (await server.store.users.byName(of.uid, 'ana'))
    if (of === undefined || user === undefined) throw new Error('the first test makes this user')
    await sendTakeOverNotification(
      ctx,
      of,
      user,
      'ana@example.org',
      { subject: 'Risk', body: 'Was it you?' },
      {
        clientId: pool.ClientId,
        facts: { EVENT_ID: 'e1', CITY: null },
      },
    )
    expect(await sent()).toMatchObject([
      {
        triggerSource: 'CustomEmailSender_AccountTakeOverNotification',
        userName: 'ana',
        request: {
          type: 'customEmailSenderRequestV1',
          code: null,
          clientMetadata: null,
          userAttributes: { email: 'ana@example.org', EVENT_ID: 'e1', CITY: null },
        },
      },
    ])
    expect(server.mailbox?.messages('ana@example.org')).toEqual([])
  })
})
