import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed } from '../support/attributes.ts'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type SeenPage } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { addPasskey } from '../support/passkeys.ts'
import { setUpTotp } from '../support/set-up-totp.ts'
import { accessTokenOf } from '../support/sign-in.ts'

const wrong = 'Wrong-Horse-7'
const reachable = (username: string) => ({ email: `${username}@example.org`, email_verified: 'true' })

let server: OAuthServer
beforeAll(async () => {
  server = await startOAuth()
})
afterAll(() => server.stop())

type Make = (made: MadePool, username: string) => Promise<unknown>
const create = ({ UserPoolId }: MadePool, Username: string, more: object) =>
  server.harness.ok('AdminCreateUser', {
    UserPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    UserAttributes: listed(reachable(Username)),
    ...more,
  })
const withTotp: Make = async (made, username) => {
  await makeUser(server.harness, made.UserPoolId, username, reachable(username))
  await setUpTotp(server.harness, await accessTokenOf(server.harness, made, username))
}
const states: Record<string, Make> = {
  'who has everything': (made, username) => makeUser(server.harness, made.UserPoolId, username, reachable(username)),
  'with an authenticator app': withTotp,
  'who is invited': (made, username) => create(made, username, { TemporaryPassword: password }),
  'without an address': (made, username) => makeUser(server.harness, made.UserPoolId, username),
}
const withoutPassword: Make = (made, username) => create(made, username, {})
const withPasskey: Make = async (made, username) => {
  await makeUser(server.harness, made.UserPoolId, username, reachable(username))
  await addPasskey(server.harness, made, username)
}
const withBoth: Make = async (made, username) => {
  await withPasskey(made, username)
  const AccessToken = await accessTokenOf(server.harness, made, username)
  await setUpTotp(server.harness, AccessToken)
  await server.harness.ok('SetUserMFAPreference', {
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    WebAuthnMfaSettings: { Enabled: true },
  })
}

interface Case {
  readonly factors: readonly ('PASSWORD' | 'EMAIL_OTP' | 'WEB_AUTHN')[]
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON'
  readonly states: Record<string, Make>
}
const { 'with an authenticator app': _, ...withoutMfa } = states
const cases: readonly Case[] = [
  { factors: ['EMAIL_OTP', 'PASSWORD'], mfa: 'OFF', states: { ...withoutMfa, 'without a password': withoutPassword } },
  { factors: ['PASSWORD', 'EMAIL_OTP'], mfa: 'OPTIONAL', states: { ...states, 'without a password': withoutPassword } },
  {
    factors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'],
    mfa: 'OPTIONAL',
    states: { ...states, 'without a password': withoutPassword, 'with a passkey': withPasskey, 'with passkey and app': withBoth },
  },
  { factors: ['PASSWORD', 'WEB_AUTHN'], mfa: 'ON', states: { ...states, 'with passkey and app': withBoth } },
]

const makeCase = async ({ factors, mfa }: Case): Promise<{ made: MadePool; require: () => Promise<unknown> }> => {
  const { harness } = server
  const made = await makePagePool(
    harness,
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...factors] } } },
    { PreventUserExistenceErrors: 'ENABLED', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
  )
  const configure = (MfaConfiguration: Case['mfa']) =>
    harness.ok('SetUserPoolMfaConfig', {
      UserPoolId: made.UserPoolId,
      MfaConfiguration,
      ...(MfaConfiguration !== 'OFF' && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
      WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION', UserVerification: 'required' },
    })
  // Where MFA is required from the beginning, nobody gets as far as setting it up by the API.
  if (mfa !== 'OFF') await configure('OPTIONAL')
  return { made, require: async () => mfa === 'ON' && configure('ON') }
}

const drawn = ['Session', 'SRP_B', 'SECRET_BLOCK', 'SALT']
const shape = (body: unknown, username: string): unknown =>
  JSON.parse(
    JSON.stringify(body, (name, value) => {
      if (drawn.includes(name)) return typeof value
      if (name === 'CODE_DELIVERY_DESTINATION') return String(value).replaceAll(/[a-z0-9]/gi, 'x')
      if (name === 'CREDENTIAL_REQUEST_OPTIONS') return Object.keys(JSON.parse(value))
      return value === username ? 'the name' : value
    }),
  )

/** What the API answers to somebody who can prove nothing: to the choice, to every way, and to wrong proofs until they lock. */
const byApi = async ({ ClientId }: MadePool, USERNAME: string) => {
  const call = async (operation: string, input: object) => {
    const { status, body } = await server.harness.call(operation as 'InitiateAuth', input as never, { unsigned: true })
    return { status, body }
  }
  const begin = (more: object = {}) => call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, ...more } })
  const answer = (ChallengeName: string, Session: string, more: object) =>
    call('RespondToAuthChallenge', { ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME, ...more } })
  const seen = [await begin()]
  for (const way of ['EMAIL_OTP', 'WEB_AUTHN', 'PASSWORD', 'PASSWORD_SRP']) {
    const preferred = await begin({ PREFERRED_CHALLENGE: way })
    const select = await begin()
    seen.push(preferred, await answer('SELECT_CHALLENGE', select.body.Session, { ANSWER: way }))
    if (preferred.body.ChallengeName === 'EMAIL_OTP') {
      for (let time = 0; time < 7; time += 1) seen.push(await answer('EMAIL_OTP', preferred.body.Session, { EMAIL_OTP_CODE: 'x' }))
    }
  }
  for (let time = 0; time < 7; time += 1) {
    const select = await begin()
    seen.push(await answer('SELECT_CHALLENGE', select.body.Session, { ANSWER: 'PASSWORD', PASSWORD: wrong }))
    seen.push(await answer('PASSWORD', select.body.Session, { PASSWORD: wrong }))
  }
  return seen.map((each) => shape(each, USERNAME))
}

const pageShape = ({ status, html }: SeenPage, username: string) => ({
  status,
  html: html.replaceAll(/(name="(?:_csrf|sent|step)" value=")[^"]*"/g, '$1"').replaceAll(username, 'somebody'),
})

/** The page that follows the name, for each level of authentication that an application can ask for. */
const byPages = async (made: MadePool, username: string) => {
  const seen = []
  for (const acr_values of [undefined, 'urn:cognito:loa:2', 'urn:cognito:loa:3', 'urn:cognito:loa:4']) {
    const browser = openBrowser(server.url)
    const page = await browser.get(`/login?${authorizeQuery(made, acr_values === undefined ? {} : { acr_values })}`)
    seen.push(pageShape(await browser.submit(page, { username }), username))
  }
  return seen
}

let names = 0
const nameOf = (who: 'known' | 'other') => {
  names += 1
  return `${who}-${String(names).padStart(5, '0')}`
}

describe.each(cases)('must-not-happen 34: where people choose among $factors and MFA is $mfa', (one) => {
  let made: MadePool
  const users = new Map<string, string>()
  const ghosts: string[] = []
  const offered = async (USERNAME: string): Promise<string> => {
    const input = { ClientId: made.ClientId, AuthFlow: 'USER_AUTH' as const, AuthParameters: { USERNAME } }
    return JSON.stringify((await server.harness.ok('InitiateAuth', input, { unsigned: true })).AvailableChallenges)
  }
  beforeAll(async () => {
    const { made: pool, require } = await makeCase(one)
    made = pool
    for (const [state, make] of Object.entries(one.states)) {
      const username = nameOf('known')
      await make(made, username)
      users.set(state, username)
    }
    await require()
    for (let ghost = 0; ghost < 250; ghost += 1) ghosts.push(nameOf('other'))
  })

  it.each(Object.keys(one.states))('somebody %s is answered as names are that nobody has, whatever is tried', async (state) => {
    const user = users.get(state) ?? ''
    const [offer, pages] = [await offered(user), JSON.stringify(await byPages(made, user))]
    const alike: string[] = []
    for (const ghost of ghosts) if ((await offered(ghost)) === offer) alike.push(ghost)
    expect(alike.length, `names that nobody has and that are offered ${offer}`).toBeGreaterThan(0)
    const answers = await byApi(made, user)
    // A name of its own: what is tried locks it.
    const [ghost = ''] = alike
    ghosts.splice(ghosts.indexOf(ghost), 1)
    expect(await byApi(made, ghost)).toEqual(answers)
    let samePages = false
    for (const other of alike) samePages ||= JSON.stringify(await byPages(made, other)) === pages
    expect(samePages, 'pages that names show that nobody has').toBe(true)
  })

  it('a name that nobody has is offered the same each time', async () => {
    for (const ghost of ghosts.slice(0, 20)) expect(await offered(ghost)).toBe(await offered(ghost))
  })
})
