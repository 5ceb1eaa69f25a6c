import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'
import type { RecoveryOptionType } from '../../model/types.gen.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const email = { email: 'ana@example.org', email_verified: 'true' }
const phone = { phone_number: '+14325550100', phone_number_verified: 'true' }
const recovery = (...names: RecoveryOptionType['Name'][]) => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, place) => ({ Name, Priority: place + 1 })) },
})

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

const forgot = (Username: string, { ClientId }: Pick<MadePool, 'ClientId'> = pool) => ({ ClientId, Username })

describe('ForgotPassword', () => {
  it('sends a code; the old password stays good', async () => {
    await makeUser(server, pool.UserPoolId, 'ana', email)
    expect(await server.ok('ForgotPassword', forgot('ana'), { unsigned: true })).toEqual({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    expect(server.codeSentTo(email.email)).toMatch(/^\d{6}$/)
    expect(await signIn(server, pool, 'ana')).toBe('tokens')
  })

  it.each<[string, RecoveryOptionType['Name'][], Record<string, string>, string]>([
    ['the e-mail without a setting', [], { ...email, ...phone }, 'EMAIL'],
    ['the phone when the e-mail is not verified', [], { ...email, ...phone, email_verified: 'false' }, 'SMS'],
    ['what comes first', ['verified_email', 'verified_phone_number'], { ...email, ...phone }, 'EMAIL'],
    ['what is there', ['verified_email', 'verified_phone_number'], phone, 'SMS'],
  ])('uses %s', async (_, mechanisms, attributes, medium) => {
    const of = await makePool(server, mechanisms.length === 0 ? {} : recovery(...mechanisms))
    await makeUser(server, of.UserPoolId, 'ana', attributes)
    expect(await server.ok('ForgotPassword', forgot('ana', of))).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: medium } })
  })

  it('names the reason when there is no code', async () => {
    const noContact = [
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    ]
    await makeUser(server, pool.UserPoolId, 'unverified', { email: 'unverified@example.org' })
    await signUpUser(server, pool, 'unconfirmed', { email: 'unconfirmed@example.org' })
    await inviteUser(server, pool.UserPoolId, 'invited', email)
    await makeUser(server, pool.UserPoolId, 'off', email)
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'off' })
    expect(await server.refused('ForgotPassword', forgot('unverified'))).toEqual(noContact)
    expect(await server.refused('ForgotPassword', forgot('unconfirmed'))).toEqual(noContact)
    expect(await server.refused('ForgotPassword', forgot('nobody'))).toEqual([
      'UserNotFoundException',
      'Username/client id combination not found.',
    ])
    expect(await server.refused('ForgotPassword', forgot('off'))).toEqual(['NotAuthorizedException', 'User is disabled.'])
    expect(await server.refused('ForgotPassword', forgot('invited'))).toEqual([
      'NotAuthorizedException',
      'User password cannot be reset in the current state.',
    ])
  })

  it('leaves it to administrators where the pool says so, whoever asks', async () => {
    const closed = await makePool(server, recovery('admin_only'), { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, closed.UserPoolId, 'ana', email)
    for (const name of ['ana', 'nobody']) {
      expect(await server.refused('ForgotPassword', forgot(name, closed))).toEqual([
        'NotAuthorizedException',
        'Contact administrator to reset password.',
      ])
    }
  })

  it('is done 20 times an hour at most, tries with a code included', async () => {
    await makeUser(server, pool.UserPoolId, 'many', { ...email, email: 'many@example.org' })
    const asked = Array.from({ length: 10 }, () => server.call('ForgotPassword', forgot('many')))
    expect(await outcomes(asked)).toEqual({ ok: 10 })
    const tried = Array.from({ length: 12 }, () =>
      server.call('ConfirmForgotPassword', { ...forgot('many'), ConfirmationCode: 'no-code', Password: 'Another-Horse-7' }),
    )
    expect(await outcomes(tried)).toEqual({ CodeMismatchException: 10, LimitExceededException: 2 })
    expect((await server.refused('ForgotPassword', forgot('many')))[0]).toBe('LimitExceededException')
    server.clock.advance(3_600_000)
    await server.ok('ForgotPassword', forgot('many'))
  })

  it('tells when the message could not be sent', async () => {
    await makeUser(server, pool.UserPoolId, 'mute', email)
    expect(await callUndelivered(server, 'ForgotPassword', forgot('mute'))).toEqual([
      'CodeDeliveryFailureException',
      'The message could not be delivered.',
    ])
  })
})

describe('ForgotPassword where existence is hidden (must-not-happen 34)', () => {
  const made = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: expect.stringMatching(/^[a-z]\*{3}@[a-z]\*{3}$/) }

  it('answers the same for everybody, and sends only to those who can recover', async () => {
    await makeUser(server, hiding.UserPoolId, 'h-ana', { ...email, email: 'h-ana@example.org' })
    await makeUser(server, hiding.UserPoolId, 'h-unverified', { email: 'h-unverified@example.org' })
    await signUpUser(server, hiding, 'h-unconfirmed', { email: 'h-unconfirmed@example.org' })
    await inviteUser(server, hiding.UserPoolId, 'h-invited', { ...email, email: 'h-invited@example.org' })
    await makeUser(server, hiding.UserPoolId, 'h-off', { ...email, email: 'h-off@example.org' })
    await server.ok('AdminDisableUser', { UserPoolId: hiding.UserPoolId, Username: 'h-off' })
    server.mailbox?.clear()
    for (const name of ['h-ana', 'h-unverified', 'h-unconfirmed', 'h-invited', 'h-off', 'h-nobody']) {
      const { status, body } = await server.call('ForgotPassword', forgot(name, hiding))
      expect([status, body]).toEqual([200, { CodeDeliveryDetails: made }])
    }
    expect(server.mailbox?.messages().map(({ destination }) => destination)).toEqual(['h-ana@example.org'])
  })

  it('tells about an address that was typed what it would tell if somebody had it', async () => {
    const named = await makePool(server, { UsernameAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, named.UserPoolId, 'known@example.org', { email_verified: 'true' })
    const known = await server.ok('ForgotPassword', forgot('known@example.org', named))
    const unknown = await server.ok('ForgotPassword', forgot('kim@example.org', named))
    expect(unknown).toEqual(known)
  })

  it('does not tell by a message that fails', async () => {
    await makeUser(server, hiding.UserPoolId, 'lost', { ...email, email: 'lost@example.org' })
    expect(await callUndelivered(server, 'ForgotPassword', forgot('lost', hiding))).toEqual({ CodeDeliveryDetails: made })
  })
})
