import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { createAuthenticator, type Lies, type Make } from '../support/authenticator.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor, signedIn, verifiedClaims } from '../support/sdk-visitor.ts'
import { type App, setUpApp } from '../support/start-app.ts'

let server: Poolhouse
let app: App
let visitor: SdkVisitor

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true, issuer: 'aws' })
  app = await setUpApp(server.url, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
  })
  await app.admin.send(
    new sdk.SetUserPoolMfaConfigCommand({
      UserPoolId: app.poolId,
      WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
    }),
  )
  visitor = createSdkVisitor(server.url, app)
})
afterAll(() => server.stop())

type CreationOptions = Parameters<ReturnType<typeof createAuthenticator>['create']>[0]

/** The options are a document: the SDK hands it over as it came. */
const optionsFor = async (AccessToken: string): Promise<CreationOptions> => {
  const { CredentialCreationOptions } = await visitor.send(new sdk.StartWebAuthnRegistrationCommand({ AccessToken }))
  return CredentialCreationOptions as unknown as CreationOptions
}
const register = async (AccessToken: string, make: Make = {}, lies: Lies = {}) => {
  const authenticator = createAuthenticator(make)
  const Credential = {
    ...authenticator.create(await optionsFor(AccessToken), lies),
  } as sdk.CompleteWebAuthnRegistrationRequest['Credential']
  await visitor.send(new sdk.CompleteWebAuthnRegistrationCommand({ AccessToken, Credential }))
  return authenticator
}

describe('passkeys by the AWS SDK', () => {
  it('are registered, listed page by page and deleted', async () => {
    await app.addUser('ana')
    const { AccessToken } = await visitor.signIn('ana')
    expect(await optionsFor(AccessToken)).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'ana' },
      challenge: expect.any(String),
      pubKeyCredParams: expect.arrayContaining([{ type: 'public-key', alg: -7 }]),
      excludeCredentials: [],
    })
    const keys = [await register(AccessToken), await register(AccessToken, { algorithm: 'RS256' }), await register(AccessToken)]

    const listed: sdk.WebAuthnCredentialDescription[] = []
    const sizes: number[] = []
    let NextToken: string | undefined
    do {
      const page = await visitor.send(new sdk.ListWebAuthnCredentialsCommand({ AccessToken, MaxResults: 2, NextToken }))
      sizes.push(page.Credentials?.length ?? 0)
      listed.push(...(page.Credentials ?? []))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(sizes).toEqual([2, 1])
    expect(listed.map(({ CredentialId }) => CredentialId).sort()).toEqual(keys.map(({ credentialId }) => credentialId).sort())
    for (const credential of listed) {
      expect(credential).toMatchObject({
        RelyingPartyId: 'localhost',
        AuthenticatorAttachment: 'platform',
        AuthenticatorTransports: ['internal'],
        FriendlyCredentialName: expect.any(String),
      })
      expect(credential.CreatedAt).toBeInstanceOf(Date)
      expect(Math.abs((credential.CreatedAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
    }

    const remove = () => visitor.send(new sdk.DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId: keys[0]?.credentialId }))
    expect((await remove()).$metadata.httpStatusCode).toBe(200)
    expect(await refusal(remove())).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('sign in', async () => {
    await app.addUser('pia')
    const key = await register((await visitor.signIn('pia')).AccessToken)
    const asked = await visitor.initiate('USER_AUTH', { USERNAME: 'pia', PREFERRED_CHALLENGE: 'WEB_AUTHN' })
    expect(asked.ChallengeName).toBe('WEB_AUTHN')
    const options = JSON.parse(asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '')
    expect(options).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id: key.credentialId, type: 'public-key' }] })
    const answer = (lies: Lies = {}) =>
      visitor.respond('WEB_AUTHN', asked.Session, { USERNAME: 'pia', CREDENTIAL: JSON.stringify(key.get(options, lies)) })
    expect(await refusal(answer({ foreignKey: true }))).toBeInstanceOf(sdk.NotAuthorizedException)
    const done = signedIn(await answer())
    expect((await verifiedClaims(server.url, app, done)).id).toMatchObject({ 'cognito:username': 'pia', acr: 'urn:cognito:loa:3' })
  })

  it.each<{ type: { name: string }; make?: Make; lies?: Lies }>([
    { type: sdk.WebAuthnOriginNotAllowedException, lies: { origin: 'https://evil.test' } },
    { type: sdk.WebAuthnRelyingPartyMismatchException, lies: { relyingPartyId: 'evil.test' } },
    { type: sdk.WebAuthnChallengeNotFoundException, lies: { challenge: 'A'.repeat(43) } },
    { type: sdk.WebAuthnCredentialNotSupportedException, make: { algorithm: 'ES384' } },
  ])('are refused with $type.name', async ({ type, make, lies }) => {
    await app.addUser(type.name)
    const { AccessToken } = await visitor.signIn(type.name)
    const error = await refusal(register(AccessToken, make, lies))
    expect(error).toBeInstanceOf(type)
    expect(error).toMatchObject({ name: type.name, $metadata: { httpStatusCode: 400 } })
  })

  it('are refused with WebAuthnNotEnabledException where the pool has none', async () => {
    const without = await setUpApp(server.url)
    await without.addUser('ana')
    const { AccessToken } = await createSdkVisitor(server.url, without).signIn('ana')
    expect(await refusal(optionsFor(AccessToken))).toBeInstanceOf(sdk.WebAuthnNotEnabledException)
  })
})
