import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf, begin, signIn } from '../../../tests/support/sign-in.ts'
import { totpCode } from '../../../tests/support/totp-code.ts'

let server: Harness
let made: MadePool

beforeAll(async () => {
  server = await createHarness()
  made = await makeMfaPool(server, 'OPTIONAL')
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

const associated = async (username: string) => {
  await makeUser(server, made.UserPoolId, username)
  const AccessToken = await accessTokenOf(server, made, username)
  const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
  return { AccessToken, secret: SecretCode as string }
}
const mismatch = ['EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA']

describe('VerifySoftwareToken', () => {
  it('takes the first right code, and switches nothing on by itself', async () => {
    const { AccessToken, secret } = await associated('ana')
    const UserCode = totpCode(secret, server.clock.now())
    expect(await server.ok('VerifySoftwareToken', { AccessToken, UserCode }, { unsigned: true })).toEqual({ Status: 'SUCCESS' })
    expect(await signIn(server, made, 'ana')).toBe('tokens')
    await server.ok('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } })
    expect(await signIn(server, made, 'ana')).toBe('SOFTWARE_TOKEN_MFA')
  })

  it.each([-30_000, 30_000])('takes the code of a clock that is %i ms off', async (offset) => {
    const { AccessToken, secret } = await associated(`clock${offset}`)
    const UserCode = totpCode(secret, server.clock.now() + offset)
    expect((await server.call('VerifySoftwareToken', { AccessToken, UserCode })).status).toBe(200)
  })

  it('refuses a wrong code, one that is too old, and one that was used', async () => {
    const { AccessToken, secret } = await associated('ben')
    const UserCode = totpCode(secret, server.clock.now())
    const near = [-30_000, 0, 30_000].map((offset) => totpCode(secret, server.clock.now() + offset))
    const wrong = ['000000', '000001', '000002', '000003'].find((code) => !near.includes(code)) ?? ''
    expect(await server.refused('VerifySoftwareToken', { AccessToken, UserCode: wrong })).toEqual(mismatch)
    expect(await server.refused('VerifySoftwareToken', { AccessToken, UserCode: totpCode(secret, server.clock.now() - 60_000) })).toEqual(
      mismatch,
    )
    await server.ok('VerifySoftwareToken', { AccessToken, UserCode })
    expect(await server.refused('VerifySoftwareToken', { AccessToken, UserCode })).toEqual(mismatch)
  })

  it('refuses whoever asked for no token', async () => {
    await makeUser(server, made.UserPoolId, 'cleo')
    const AccessToken = await accessTokenOf(server, made, 'cleo')
    expect(await server.refused('VerifySoftwareToken', { AccessToken, UserCode: '123456' })).toEqual(mismatch)
  })

  it('needs a token of a sign-in that owes a second factor before its session will do', async () => {
    const required = await makeMfaPool(server, 'ON')
    await makeUser(server, required.UserPoolId, 'dan')
    const { Session } = (await begin(server, required, 'dan')).body
    expect(await server.refused('VerifySoftwareToken', { Session, UserCode: '123456' })).toEqual(mismatch)
  })

  it('refuses names that are too long to keep', async () => {
    const { AccessToken, secret } = await associated('eve')
    const UserCode = totpCode(secret, server.clock.now())
    const named = (length: number) => ({ AccessToken, UserCode, FriendlyDeviceName: 'n'.repeat(length) })
    expect((await server.refused('VerifySoftwareToken', named(257)))[0]).toBe('InvalidParameterException')
    expect((await server.call('VerifySoftwareToken', named(256))).status).toBe(200)
  })
})
