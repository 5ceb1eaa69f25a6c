import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {
    AliasAttributes: ['email'],
    Schema: [
      { Name: 'family_name', Required: true, Mutable: true },
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
      { Name: 'note', AttributeDataType: 'String', Mutable: true, DeveloperOnlyAttribute: true },
    ],
  })
})
afterAll(() => server.close())

const remove = (...UserAttributeNames: string[]) => ({ UserPoolId: pool.UserPoolId, Username: 'bea', UserAttributeNames })

describe('AdminDeleteUserAttributes', () => {
  it('removes attributes, flags and developer-only ones too', async () => {
    const kept = { email: 'bea@example.org', family_name: 'B', 'custom:tenant': 't' }
    await makeUser(server, pool.UserPoolId, 'bea', { ...kept, email_verified: 'true', nickname: 'b', 'dev:custom:note': 'n' })
    expect(await server.ok('AdminDeleteUserAttributes', remove('email_verified', 'nickname', 'dev:custom:note'))).toEqual({})
    expect((await userOf(server, pool, 'bea')).attributes).toEqual(kept)
    expect(await signIn(server, pool, 'bea@example.org')).toEqual(['UserNotFoundException', 'User does not exist.'])
  })

  it('refuses what must stay, what does not exist, and unknown users', async () => {
    for (const [names, sentence] of [
      [['locale', 'family_name'], 'Invalid user attributes: family_name: Required attribute cannot be deleted.'],
      [['custom:tenant'], 'user.custom:tenant: Attribute cannot be updated.\n'],
      [['sub'], 'Invalid user attributes: sub: Required attribute cannot be deleted.'],
      [['custom:none'], 'user.custom:none: Attribute does not exist in the schema.\n'],
    ] as const) {
      expect(await server.refused('AdminDeleteUserAttributes', remove(...names))).toEqual(['InvalidParameterException', sentence])
    }
    expect(await server.refused('AdminDeleteUserAttributes', { ...remove('locale'), Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })
})
