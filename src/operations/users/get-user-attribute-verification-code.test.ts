import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const ask = (AccessToken: string, AttributeName = 'email') => ({ AccessToken, AttributeName })
const signedIn = async (name: string, attributes: Record<string, string>): Promise<string> => {
  await makeUser(server, pool.UserPoolId, name, attributes)
  return accessTokenOf(server, pool, name)
}

describe('GetUserAttributeVerificationCode', () => {
  it('sends a code to the address, whether it is verified or not', async () => {
    const token = await signedIn('ana', { email: 'ana@example.org', email_verified: 'true', phone_number: '+14325550100' })
    expect(await server.ok('GetUserAttributeVerificationCode', ask(token), { unsigned: true })).toEqual({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    })
    expect(await server.ok('GetUserAttributeVerificationCode', ask(token, 'phone_number'))).toEqual({
      CodeDeliveryDetails: { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: '+*******0100' },
    })
    for (const [AttributeName, destination] of [
      ['email', 'ana@example.org'],
      ['phone_number', '+14325550100'],
    ] as const) {
      await server.ok('VerifyUserAttribute', { AccessToken: token, AttributeName, Code: server.codeSentTo(destination) })
    }
  })

  it('goes to a changed address that waits', async () => {
    const waiting = await makePool(server, {
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    })
    await makeUser(server, waiting.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
    const AccessToken = await accessTokenOf(server, waiting, 'ana')
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value: 'new@example.org' }] })
    expect(await server.ok('GetUserAttributeVerificationCode', ask(AccessToken))).toMatchObject({
      CodeDeliveryDetails: { Destination: 'n***@e***' },
    })
    await server.ok('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: server.codeSentTo('new@example.org') })
  })

  it('refuses what cannot be verified, and what is not there', async () => {
    const token = await signedIn('bea', { name: 'Bea' })
    const only = ['InvalidParameterException', 'Invalid attribute name. Only phone_number and email can be verified.']
    expect(await server.refused('GetUserAttributeVerificationCode', ask(token, 'name'))).toEqual(only)
    expect(await server.refused('GetUserAttributeVerificationCode', ask(token))).toEqual([
      'InvalidParameterException',
      'The user has no email to verify.',
    ])
    expect(await server.refused('GetUserAttributeVerificationCode', ask('garbage'))).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
  })

  it('is done five times an hour at most', async () => {
    const token = await signedIn('many', { email: 'many@example.org' })
    const calls = Array.from({ length: 7 }, () => server.call('GetUserAttributeVerificationCode', ask(token)))
    expect(await outcomes(calls)).toEqual({ ok: 5, LimitExceededException: 2 })
  })

  it('tells when the message could not be sent', async () => {
    const token = await signedIn('mute', { email: 'mute@example.org' })
    expect((await callUndelivered(server, 'GetUserAttributeVerificationCode', ask(token)))[0]).toBe('CodeDeliveryFailureException')
  })
})
