import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { CognitoJwtVerifier, JwtRsaVerifier } from 'aws-jwt-verify'
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { jwksCacheOf } from '../support/jwks-cache.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'
import { type ServerOnFolder, startOnFolder } from '../support/start-on-folder.ts'

/** The servers of both kinds of issuer; each has the application's pool and a pool that is somebody else's. */
let aws: Site
let own: Site

interface Site {
  readonly server: ServerOnFolder
  readonly app: App
  readonly other: App
}

const openSite = async (issuer: 'own' | 'aws'): Promise<Site> => {
  const server = await startOnFolder('--issuer', issuer)
  const [app, other] = [await setUpApp(server.url), await setUpApp(server.url)]
  await app.addUser('ana')
  await other.addUser('ana')
  return { server, app, other }
}

beforeAll(async () => {
  ;[aws, own] = await Promise.all([openSite('aws'), openSite('own')])
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(async () => {
  await Promise.all([aws.server.stop(), own.server.stop()])
})

const signIn = async ({ admin, clientId }: App): Promise<{ id: string; access: string }> => {
  const { AuthenticationResult } = await admin.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    }),
  )
  return { id: AuthenticationResult?.IdToken ?? '', access: AuthenticationResult?.AccessToken ?? '' }
}

/** Both clocks: the server's, and the one that verifiers look at. */
const moveClocksTo = async (url: string, at: number): Promise<void> => {
  vi.useFakeTimers({ toFake: ['Date'], now: at })
  await fetch(`${url}/_poolhouse/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ set: at }),
  })
}

const tampered = (token: string): string => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  return [header, Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admins'] })).toString('base64url'), signature].join('.')
}

const cognitoVerifier = <Use extends 'id' | 'access'>({ server, app }: Site, tokenUse: Use) =>
  CognitoJwtVerifier.create({ userPoolId: app.poolId, clientId: app.clientId, tokenUse }, { jwksCache: jwksCacheOf(server.url) })

describe('aws-jwt-verify with the issuer written as on AWS', () => {
  it('takes an ID and an access token, each for its use', async () => {
    const { id, access } = await signIn(aws.app)
    const [ids, accesses] = [cognitoVerifier(aws, 'id'), cognitoVerifier(aws, 'access')]
    expect(await ids.verify(id)).toMatchObject({ 'cognito:username': 'ana', email: 'ana@example.org', email_verified: true })
    expect(await accesses.verify(access)).toMatchObject({ username: 'ana', scope: 'aws.cognito.signin.user.admin' })
    await expect(ids.verify(access)).rejects.toThrow(/Token use/)
    await expect(accesses.verify(id)).rejects.toThrow(/Token use/)
    await expect(ids.verify(tampered(id))).rejects.toThrow(/signature/i)
  })

  it("refuses another pool's tokens and another app client's", async () => {
    const foreign = await signIn(aws.other)
    await expect(cognitoVerifier(aws, 'id').verify(foreign.id)).rejects.toThrow(/issuer not configured/)
    const stranger = CognitoJwtVerifier.create(
      { userPoolId: aws.app.poolId, clientId: 'somebody-else', tokenUse: 'access' },
      { jwksCache: jwksCacheOf(aws.server.url) },
    )
    await expect(stranger.verify((await signIn(aws.app)).access)).rejects.toThrow(/Client ID/)
  })
})

describe('OpenID Connect libraries with the discovery document', () => {
  const discover = async () => {
    const issuer = `${own.server.url}/${own.app.poolId}`
    const document = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { issuer: string; jwks_uri: string }
    expect(document.issuer).toBe(issuer)
    return document
  }

  it('jose takes an ID and an access token, and refuses what is not theirs', async () => {
    const { issuer, jwks_uri } = await discover()
    const keys = createRemoteJWKSet(new URL(jwks_uri))
    const { id, access } = await signIn(own.app)
    const verified = await jwtVerify(id, keys, { issuer, audience: own.app.clientId, algorithms: ['RS256'] })
    expect(verified.payload['cognito:username']).toBe('ana')
    expect((await jwtVerify(access, keys, { issuer })).payload['client_id']).toBe(own.app.clientId)
    const foreign = await signIn(own.other)
    await expect(jwtVerify(foreign.id, keys, { issuer })).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
    await expect(jwtVerify(tampered(id), keys, { issuer })).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' })
  })

  it('aws-jwt-verify takes them as those of any issuer', async () => {
    const { issuer, jwks_uri } = await discover()
    const props = { issuer, audience: own.app.clientId, jwksUri: jwks_uri }
    const verifier = JwtRsaVerifier.create(props, { jwksCache: jwksCacheOf(own.server.url) })
    const { id } = await signIn(own.app)
    expect(await verifier.verify(id)).toMatchObject({ token_use: 'id' })
    await expect(verifier.verify((await signIn(own.other)).id)).rejects.toThrow(/not found in the JWKS/)
  })
})

describe('rotation of the signing keys', () => {
  it('is never seen as a failed verification, by verifiers with full caches or by new ones', async () => {
    const { server, app } = aws
    const jwksUri = new URL(`${server.url}/${app.poolId}/.well-known/jwks.json`)
    const longRunning = { cognito: cognitoVerifier(aws, 'id'), jose: createRemoteJWKSet(jwksUri) }
    const newKeys = (): JWTVerifyGetKey => createRemoteJWKSet(jwksUri)
    const verifies = async (token: string) => {
      expect(await longRunning.cognito.verify(token)).toMatchObject({ 'cognito:username': 'ana' })
      await jwtVerify(token, longRunning.jose)
      expect(await cognitoVerifier(aws, 'id').verify(token)).toMatchObject({ 'cognito:username': 'ana' })
      return (await jwtVerify(token, newKeys())).protectedHeader.kid
    }
    const [day, minute] = [24 * 3_600_000, 60_000]
    const start = Date.now()
    const before = await verifies((await signIn(app)).id)
    const rotated = await server.commands.rotateSigningKeys({ userPoolId: app.poolId, delay: day })
    const { keyIds } = rotated[0] ?? { keyIds: [] }
    expect(await verifies((await signIn(app)).id)).toBe(before)

    await moveClocksTo(server.url, start + day - minute)
    const last = (await signIn(app)).id
    expect(await verifies(last)).toBe(before)

    await moveClocksTo(server.url, start + day + minute)
    const after = await verifies((await signIn(app)).id)
    expect(after).not.toBe(before)
    expect(keyIds).toContain(after)
    expect(await verifies(last)).toBe(before)
  })
})
