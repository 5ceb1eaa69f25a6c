import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { signUpConfirmed, signUpUser } from '../../../tests/support/sign-up-user.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'] })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

const resend = (Username: string, { ClientId }: Pick<MadePool, 'ClientId'> = pool) => ({ ClientId, Username })

describe('ResendConfirmationCode', () => {
  it('sends a code that takes the place of the one before', async () => {
    const email = 'ana@example.org'
    await signUpUser(server, pool, 'ana', { email })
    server.mailbox?.clear()
    expect(await server.ok('ResendConfirmationCode', resend('ana'), { unsigned: true })).toEqual({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    expect(server.mailbox?.messages(email)).toHaveLength(1)
    await server.ok('ConfirmSignUp', { ...resend('ana'), ConfirmationCode: server.codeSentTo(email) })
  })

  it('names the reason when there is nothing to send', async () => {
    await signUpConfirmed(server, pool, 'done', { email: 'done@example.org' }, 'done@example.org')
    await signUpUser(server, pool, 'no-address')
    const silent = await makePool(server)
    await signUpUser(server, silent, 'ana', { email: 'ana@example.org' })
    const cannot = ['InvalidParameterException', 'Cannot resend codes. Auto verification not turned on.']
    expect(await server.refused('ResendConfirmationCode', resend('done'))).toEqual([
      'InvalidParameterException',
      'User is already confirmed.',
    ])
    expect(await server.refused('ResendConfirmationCode', resend('nobody'))).toEqual([
      'UserNotFoundException',
      'Username/client id combination not found.',
    ])
    expect(await server.refused('ResendConfirmationCode', resend('no-address'))).toEqual(cannot)
    expect(await server.refused('ResendConfirmationCode', resend('ana', silent))).toEqual(cannot)
  })

  it('is done five times an hour at most', async () => {
    await signUpUser(server, pool, 'many', { email: 'many@example.org' })
    const calls = Array.from({ length: 8 }, () => server.call('ResendConfirmationCode', resend('many')))
    expect(await outcomes(calls)).toEqual({ ok: 5, LimitExceededException: 3 })
    server.clock.advance(3_600_000)
    await server.ok('ResendConfirmationCode', resend('many'))
  })

  it('tells when a message could not be sent', async () => {
    await signUpUser(server, pool, 'mute', { email: 'mute@example.org' })
    expect((await callUndelivered(server, 'ResendConfirmationCode', resend('mute')))[0]).toBe('CodeDeliveryFailureException')
  })
})

describe('ResendConfirmationCode where existence is hidden (must-not-happen 34)', () => {
  const made = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: expect.stringMatching(/^[a-z]\*{3}@[a-z]\*{3}$/) }

  it('answers the same for everybody, and sends to those who wait for a code', async () => {
    await signUpUser(server, hiding, 'waits', { email: 'waits@example.org' })
    await signUpConfirmed(server, hiding, 'confirmed', { email: 'confirmed@example.org' }, 'confirmed@example.org')
    await signUpUser(server, hiding, 'off', { email: 'off@example.org' })
    await server.ok('AdminDisableUser', { UserPoolId: hiding.UserPoolId, Username: 'off' })
    await signUpUser(server, hiding, 'no-mail')
    server.mailbox?.clear()
    for (const name of ['waits', 'confirmed', 'off', 'no-mail', 'hidden-nobody']) {
      expect(await server.ok('ResendConfirmationCode', resend(name, hiding))).toEqual({ CodeDeliveryDetails: made })
    }
    expect(server.mailbox?.messages().map(({ destination }) => destination)).toEqual(['waits@example.org'])
  })

  it('does not tell by a message that fails', async () => {
    await signUpUser(server, hiding, 'lost', { email: 'lost@example.org' })
    expect(await callUndelivered(server, 'ResendConfirmationCode', resend('lost', hiding))).toEqual({ CodeDeliveryDetails: made })
  })

  it('refuses everybody alike where no code is ever sent', async () => {
    const silent = await makePool(server, {}, { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, silent.UserPoolId, 'ana')
    const answers = await Promise.all(['ana', 'nobody'].map((name) => server.refused('ResendConfirmationCode', resend(name, silent))))
    expect(answers[0]).toEqual(['InvalidParameterException', 'Cannot resend codes. Auto verification not turned on.'])
    expect(answers[1]).toEqual(answers[0])
  })

  it('runs out after as many tries for a name that nobody has, however it is spelt', async () => {
    const open = await makePool(
      server,
      { AutoVerifiedAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } },
      { PreventUserExistenceErrors: 'ENABLED' },
    )
    await signUpUser(server, open, 'known', { email: 'known@example.org' })
    for (const [lower, upper] of [
      ['known', 'KNOWN'],
      ['unknown', 'UNKNOWN'],
    ] as const) {
      const calls = Array.from({ length: 8 }, (_, i) => server.call('ResendConfirmationCode', resend(i % 2 ? upper : lower, open)))
      expect(await outcomes(calls)).toEqual({ ok: 5, LimitExceededException: 3 })
    }
  })
})
