import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { accessTokenOf } from '../../tests/support/sign-in.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import { discovery } from './discovery.ts'

let own: Harness
let aws: Harness

beforeAll(async () => {
  ;[own, aws] = [await createHarness(), await createHarness({ issuer: 'aws' })]
})
afterAll(() => Promise.all([own.close(), aws.close()]))

describe('the issuer of a pool', () => {
  it.each([
    ['ORIGINAL', 'https://cognito-idp.us-east-1.amazonaws.com/'],
    ['UPDATED', 'https://issuer-cognito-idp.us-east-1.amazonaws.com/'],
  ] as const)('is one in tokens, discovery and checks: %s', async (Type, address) => {
    for (const [server, prefix] of [
      [own, 'http://localhost:9339/'],
      [aws, address],
    ] as const) {
      const made = await makePool(server, { IssuerConfiguration: { Type } })
      await makeUser(server, made.UserPoolId, 'ana')
      const AccessToken = await accessTokenOf(server, made, 'ana')
      const issuer = `${prefix}${made.UserPoolId}`
      expect(tokenParts(AccessToken).payload['iss']).toBe(issuer)
      expect(await discovery(server, made.UserPoolId)).toMatchObject({
        issuer,
        jwks_uri: `http://localhost:9339/${made.UserPoolId}/.well-known/jwks.json`,
      })
      await server.ok('GetUser', { AccessToken })
    }
  })

  it('that a pool had before counts no more', async () => {
    const made = await makePool(aws)
    await makeUser(aws, made.UserPoolId, 'ana')
    const before = await accessTokenOf(aws, made, 'ana')
    await aws.ok('UpdateUserPool', { UserPoolId: made.UserPoolId, IssuerConfiguration: { Type: 'UPDATED' } })
    expect(await aws.refused('GetUser', { AccessToken: before })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    await aws.ok('GetUser', { AccessToken: await accessTokenOf(aws, made, 'ana') })
  })
})
