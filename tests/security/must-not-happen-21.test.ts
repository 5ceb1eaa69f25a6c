import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseJwt } from '../../src/crypto/jwt.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { tokensOf } from '../support/sign-in.ts'
import { tokenParts } from '../support/token-parts.ts'

let server: Harness
let pool: MadePool
let other: MadePool
let uid: string
let otherUid: string
let tokens: { AccessToken: string; IdToken: string; RefreshToken: string }
let header: Record<string, unknown>
let claims: Record<string, unknown>

const uidOf = async ({ UserPoolId }: MadePool) => (await server.store.pools.byId(UserPoolId))?.uid ?? ''
const signIn = (made: MadePool) => tokensOf(server, made, 'victim')

beforeAll(async () => {
  server = await createHarness()
  ;[pool, other] = [await makePool(server), await makePool(server)]
  ;[uid, otherUid] = [await uidOf(pool), await uidOf(other)]
  for (const { UserPoolId } of [pool, other]) await makeUser(server, UserPoolId, 'victim', { email: 'victim@example.org' })
  tokens = await signIn(pool)
  await signIn(other)
  const parts = tokenParts(tokens.AccessToken)
  ;[header, claims] = [parts.header, parts.payload]
})
afterAll(() => server.close())

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = (head: object, payload: object = claims) => `${encode(head)}.${encode(payload)}.`
const withMac = (head: object, key: string | Buffer, payload: object = claims, hash = 'sha256') => {
  const input = `${encode(head)}.${encode(payload)}`
  return `${input}.${createHmac(hash, key).update(input).digest('base64url')}`
}

const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 })
const byAttacker = (head: object, payload: object = claims, algorithm = 'RSA-SHA256') => {
  const input = `${encode(head)}.${encode(payload)}`
  return `${input}.${sign(algorithm, Buffer.from(input), attacker.privateKey).toString('base64url')}`
}
const attackerJwk = attacker.publicKey.export({ format: 'jwk' })

/** The key that signs the pool's access tokens, in every spelling that a library might take for an HMAC secret. */
const publicKeys = async () => {
  const jwk = (await server.signingKeys.published(uid)).find(({ kid }) => kid === header['kid'])
  if (jwk === undefined) throw new Error('the key is not published')
  const key = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: 'jwk' })
  return {
    'SPKI PEM': key.export({ type: 'spki', format: 'pem' }),
    'SPKI PEM without the last line break': String(key.export({ type: 'spki', format: 'pem' })).trimEnd(),
    'PKCS #1 PEM': key.export({ type: 'pkcs1', format: 'pem' }),
    'SPKI DER': key.export({ type: 'spki', format: 'der' }),
    'the JWK': JSON.stringify(jwk),
    n: jwk.n,
    kid: jwk.kid,
  }
}

const everyTokenOperation = (AccessToken: string) =>
  [
    ['GetUser', { AccessToken }],
    ['UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'name', Value: 'Mallory' }] }],
    ['DeleteUserAttributes', { AccessToken, UserAttributeNames: ['email'] }],
    ['GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' }],
    ['VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: '000000' }],
    ['ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: 'Brand-New-Horse-8' }],
    ['ListUserSessions', { AccessToken }],
    ['RevokeUserSession', { AccessToken, SessionId: `tkn${'0'.repeat(25)}` }],
    ['GlobalSignOut', { AccessToken }],
    ['DeleteUser', { AccessToken }],
  ] as const

const refused = async (token: string, message = 'Invalid Access Token') => {
  for (const [operation, input] of everyTokenOperation(token)) {
    expect(await server.refused(operation, input), operation).toEqual(['NotAuthorizedException', message])
  }
}

describe('must-not-happen 21: a forged access token', () => {
  it('is measured against one that is good', async () => {
    expect((await server.ok('GetUser', { AccessToken: tokens.AccessToken })).Username).toBe('victim')
    expect(await server.signingKeys.sign(uid, 'access', claims)).toBe(tokens.AccessToken)
  })

  it.each(['none', 'None', 'NONE', 'nOnE', '', 'RS256'])('without a signature is refused: alg %j', async (alg) => {
    await refused(unsigned({ ...header, alg }))
  })

  it.each(['HS256', 'HS384', 'HS512', 'RS256'])('with the public key as a MAC secret is refused: alg %s', async (alg) => {
    for (const key of Object.values(await publicKeys())) {
      const hash = alg === 'RS256' ? 'sha256' : alg.replace('HS', 'sha')
      await refused(withMac({ ...header, alg }, key, claims, hash))
    }
  })

  it('of an attacker’s key is refused, whatever the header says of it', async () => {
    await refused(byAttacker(header))
    await refused(byAttacker({ ...header, kid: 'attacker=' }))
    const { kid: _, ...without } = header
    await refused(byAttacker(without))
    for (const more of [
      { jwk: { ...attackerJwk, kid: header['kid'] } },
      { jku: 'https://attacker.example/jwks.json' },
      { x5u: 'https://attacker.example/cert.pem' },
      { x5c: ['MIIB'] },
      { kid: '../../../../dev/null' },
      { kid: ['x'] },
      { kid: null },
      { kid: "' OR 1=1 --" },
      { kid: '__proto__' },
    ]) {
      await refused(byAttacker({ ...header, ...more }))
    }
  })

  it('with another RSA algorithm is refused', async () => {
    await refused(byAttacker({ ...header, alg: 'RS512' }, claims, 'RSA-SHA512'))
    await refused(byAttacker({ ...header, alg: 'PS256' }))
    await refused(byAttacker({ ...header, alg: 'ES256' }))
  })

  it('that says crit, or is no canonical JWS, is refused', async () => {
    const [head = '', payload = '', signature = ''] = tokens.AccessToken.split('.')
    await refused(`${encode({ ...header, crit: ['exp'] })}.${payload}.${signature}`)
    const input = { ...header, crit: ['b64'], b64: false }
    await refused(byAttacker(input))
    for (const text of [
      `${head}.${payload}`,
      `${head}.${payload}.`,
      `${head}.${payload}.${signature}.`,
      `${head}.${payload}.${signature}.${signature}`,
      `${head}.${payload}=.${signature}`,
      `${head}.${payload}.${signature}=`,
      `.${payload}.${signature}`,
      `${head}..${signature}`,
      `${head}.${encode(['x'])}.${signature}`,
      `${head}.${encode({ ...claims, sub: 'x' })}.${signature}`,
      `${encode({ ...header, typ: 'JWT' })}.${payload}.${signature}`,
      `${head}.${payload}.${signature.slice(0, -1)}`,
    ]) {
      await refused(text)
    }
  })

  it('is an ID token, or signed with the key of ID tokens', async () => {
    await refused(tokens.IdToken)
    await refused(await server.signingKeys.sign(uid, 'id', claims))
    await refused(await server.signingKeys.sign(uid, 'id', { ...claims, token_use: 'access', client_id: pool.ClientId }))
    await refused(await server.signingKeys.sign(uid, 'access', { ...claims, token_use: 'id' }))
    await refused(await server.signingKeys.sign(uid, 'access', { ...claims, token_use: undefined }))
    await refused(tokens.RefreshToken)
  })

  it("is one of another pool's keys, or of another issuer", async () => {
    await refused(await server.signingKeys.sign(otherUid, 'access', claims))
    await refused(await server.signingKeys.sign(otherUid, 'access', { ...claims, iss: `http://localhost:9339/${other.UserPoolId}` }))
    for (const iss of [
      `http://localhost:9339/${other.UserPoolId}`,
      `https://cognito-idp.us-east-1.amazonaws.com/${pool.UserPoolId}`,
      `http://localhost:9339/${pool.UserPoolId}/`,
      'http://localhost:9339',
      undefined,
    ]) {
      await refused(await server.signingKeys.sign(uid, 'access', { ...claims, iss }))
    }
  })

  it("names another pool's client, or none", async () => {
    for (const client_id of [other.ClientId, 'nosuchclient', undefined, 7, null]) {
      await refused(await server.signingKeys.sign(uid, 'access', { ...claims, client_id }))
    }
  })

  it('has expired, or never does', async () => {
    const now = server.clock.now() / 1000
    for (const exp of [now, now - 1, 0, -1, undefined, '9999999999', null]) {
      await refused(await server.signingKeys.sign(uid, 'access', { ...claims, exp }), 'Access Token has expired')
    }
  })

  it('lacks the scope of self-service', async () => {
    for (const scope of [
      'openid profile',
      'aws.cognito.signin.user.admins',
      'xaws.cognito.signin.user.admin',
      '',
      undefined,
      ['aws.cognito.signin.user.admin'],
    ]) {
      await refused(await server.signingKeys.sign(uid, 'access', { ...claims, scope }), 'Access Token does not have required scopes')
    }
  })

  it('has an origin that was not made here, or none', async () => {
    for (const origin_jti of ['00000000-0000-4000-8000-000000000000', 'x', undefined]) {
      await refused(await server.signingKeys.sign(uid, 'access', { ...claims, origin_jti }), 'Access Token has been revoked')
    }
    const foreign = await server.keyring.sealOriginId(otherUid, 'client', 1)
    await refused(await server.signingKeys.sign(uid, 'access', { ...claims, origin_jti: foreign }), 'Access Token has been revoked')
  })

  it('has changed nothing', async () => {
    const user = await server.ok('GetUser', { AccessToken: tokens.AccessToken })
    expect(user.UserAttributes).toContainEqual({ Name: 'email', Value: 'victim@example.org' })
    expect(JSON.stringify(user)).not.toContain('Mallory')
  })
})

describe('must-not-happen 21: verifiers', () => {
  it('find one key for each use, and none that signs the other', async () => {
    const [id, access] = [tokenParts(tokens.IdToken).header['kid'], header['kid']]
    expect(id).not.toBe(access)
    const verify = (poolUid: string, use: 'id' | 'access', token: string) => {
      const jwt = parseJwt(token)
      return jwt === undefined ? expect.fail('that is no JWT') : server.signingKeys.verify(poolUid, use, jwt)
    }
    expect(await verify(uid, 'id', tokens.AccessToken)).toBeUndefined()
    expect(await verify(uid, 'access', tokens.IdToken)).toBeUndefined()
    expect(await verify(otherUid, 'access', tokens.AccessToken)).toBeUndefined()
    // Not vacuous: the same signature counts for its own use and pool.
    expect(await verify(uid, 'access', tokens.AccessToken)).toMatchObject({ token_use: 'access' })
  })
})
