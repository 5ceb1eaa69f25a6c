import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChallengeAnswer, type ChallengeKind, createChallengeKinds } from '../support/challenge-kinds.ts'
import { emailOf, makeChallengePool, phoneOf } from '../support/challenge-pool.ts'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { everyFactor, setMfa } from '../support/mfa-pool.ts'
import { accessTokenOf } from '../support/sign-in.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const server: Harness = await createHarness({}, pathFunctions)
const kinds = createChallengeKinds(server)
const flows: ChallengeKind['flow'][] = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_CUSTOM_AUTH']
let pools: Record<ChallengeKind['pool'], MadePool>
let users = 0

beforeAll(async () => {
  pools = { open: await makeChallengePool(server, 'open'), required: await makeChallengePool(server, 'required') }
})
beforeEach(() => server.clock.reset())
afterAll(() => server.close())

const nextUser = (): string => {
  users += 1
  return `user-${users}`
}
const respond = (answer: ChallengeAnswer) => server.call('RespondToAuthChallenge', { ...answer })
const clientOf = ({ UserPoolId }: MadePool) => makeClient(server, UserPoolId, { ExplicitAuthFlows: flows })

const nothing = ({ status, body }: Answer, what: string) => {
  expect([status, body.AuthenticationResult, body.Session], `${what}: ${JSON.stringify(body)}`).toEqual([400, undefined, undefined])
}

describe.each(kinds)('must-not-happen 12: $name', ({ pool, flow, ask }) => {
  it('yields nothing once its app client is deleted, nor through one that is made again under its id', async () => {
    const { UserPoolId } = pools[pool]
    const again = { ClientName: `_custom_id_:Gone${users}`, ExplicitAuthFlows: flows }
    const made = await makeClient(server, UserPoolId, again)
    const asked = await ask(made, nextUser())
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId: made.ClientId })
    expect((await respond(asked.rightly())).body.__type).toBe('ResourceNotFoundException')
    await makeClient(server, UserPoolId, again)
    nothing(await respond(asked.rightly()), 'made again')
  })

  it('yields nothing while the app client has lost the flow that it began with, and asks for no other', async () => {
    const made = await clientOf(pools[pool])
    const asked = await ask(made, nextUser())
    const allow = (ExplicitAuthFlows: ChallengeKind['flow'][]) =>
      server.ok('UpdateUserPoolClient', { ...made, ClientSecret: undefined, ExplicitAuthFlows })
    await allow(flows.filter((other) => other !== flow))
    const refusal = await respond(asked.rightly())
    nothing(refusal, flow)
    expect(refusal.body.message).toBe(`${flow.slice('ALLOW_'.length)} flow not enabled for this client`)
    await allow([flow])
    expect((await asked.finish(await respond(asked.rightly()))).body.AuthenticationResult).toBeDefined()
  })
})

describe('must-not-happen 12: a factor that was taken out of the pool', () => {
  const kindNamed = (name: string): ChallengeKind => {
    const found = kinds.find((kind) => kind.name === name)
    if (found === undefined) throw new Error(`there is no challenge ${name}`)
    return found
  }
  const without = (factor: 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN') => async (made: MadePool) => {
    const pool = await server.store.pools.byId(made.UserPoolId)
    const AllowedFirstAuthFactors = (['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const).filter((other) => other !== factor)
    await changePool(server, made.UserPoolId, { Policies: { ...pool?.Policies, SignInPolicy: { AllowedFirstAuthFactors } } })
  }
  const withFactors =
    (left: object) =>
    ({ UserPoolId }: MadePool) =>
      setMfa(server, UserPoolId, 'OPTIONAL', left)
  const { EmailMfaConfiguration, SmsMfaConfiguration, SoftwareTokenMfaConfiguration } = everyFactor
  const off = ({ UserPoolId }: MadePool) => setMfa(server, UserPoolId, 'OFF')

  it.each<[what: string, kind: string, change: (made: MadePool) => Promise<unknown>]>([
    ['EMAIL_OTP', 'EMAIL_OTP as the first factor', without('EMAIL_OTP')],
    ['EMAIL_OTP', 'SELECT_CHALLENGE with a code', without('EMAIL_OTP')],
    ['SMS_OTP', 'SMS_OTP as the first factor', without('SMS_OTP')],
    ['WEB_AUTHN', 'WEB_AUTHN', without('WEB_AUTHN')],
    ['MFA by SMS', 'SMS_MFA as the second factor', withFactors({ EmailMfaConfiguration, SoftwareTokenMfaConfiguration })],
    ['MFA by e-mail', 'EMAIL_OTP as the second factor', withFactors({ SmsMfaConfiguration, SoftwareTokenMfaConfiguration })],
    ['MFA', 'SMS_MFA as the second factor', off],
    ['MFA', 'EMAIL_OTP as the second factor', off],
    [
      'MFA by e-mail',
      'MFA_SETUP of an e-mail address',
      ({ UserPoolId }) => setMfa(server, UserPoolId, 'ON', { SoftwareTokenMfaConfiguration }),
    ],
    [
      'MFA by e-mail',
      'EMAIL_OTP of an address that is set up',
      ({ UserPoolId }) => setMfa(server, UserPoolId, 'ON', { SmsMfaConfiguration }),
    ],
    ['its functions', 'CUSTOM_CHALLENGE', ({ UserPoolId }) => changePool(server, UserPoolId, { LambdaConfig: {} })],
  ])('%s lets nobody in who was asked %s before', async (_, name, change) => {
    const kind = kindNamed(name)
    const made = await makeChallengePool(server, kind.pool)
    const username = nextUser()
    const asked = await kind.ask(made, username)
    const messages = () => [emailOf, phoneOf].map((address) => server.mailbox?.messages(address(username)).length)
    const before = messages()
    await change(made)
    nothing(await asked.finish(await respond(asked.rightly())), name)
    expect(messages()).toEqual(before)
  })

  it.each(['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const)('%s is not chosen any more', async (ANSWER) => {
    const made = await makeChallengePool(server, 'open')
    const [username, other] = [nextUser(), nextUser()]
    await kindNamed('WEB_AUTHN').ask(made, username)
    await kindNamed('WEB_AUTHN').ask(made, other)
    const choose = async (USERNAME: string) => {
      const begun = { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME } }
      const { Session, AvailableChallenges } = await server.ok('InitiateAuth', begun)
      expect(AvailableChallenges).toContain(ANSWER)
      const answer = { ClientId: made.ClientId, ChallengeName: 'SELECT_CHALLENGE', Session, ChallengeResponses: { USERNAME, ANSWER } }
      return () => respond(answer)
    }
    const [before, after] = [await choose(username), await choose(other)]
    expect((await before()).body.ChallengeName).toBe(ANSWER)
    await without(ANSWER)(made)
    nothing(await after(), ANSWER)
    expect([emailOf, phoneOf].flatMap((address) => server.mailbox?.messages(address(other)))).toEqual([])
  })

  it('MFA by SMS is not chosen any more', async () => {
    const made = await makeChallengePool(server, 'open')
    const username = nextUser()
    const right = (await kindNamed('SELECT_MFA_TYPE').ask(made, username)).rightly()
    await withFactors({ EmailMfaConfiguration, SoftwareTokenMfaConfiguration })(made)
    nothing(await respond({ ...right, ChallengeResponses: { USERNAME: username, ANSWER: 'SMS_MFA' } }), 'SMS_MFA')
    expect(server.mailbox?.messages(phoneOf(username))).toEqual([])
  })

  it('software tokens go on working, and are set up no more (developer guide, "TOTP software token MFA")', async () => {
    const made = await makeChallengePool(server, 'open')
    const asked = await kindNamed('SOFTWARE_TOKEN_MFA').ask(made, nextUser())
    await withFactors({ EmailMfaConfiguration, SmsMfaConfiguration })(made)
    expect((await respond(asked.rightly())).body.AuthenticationResult).toBeDefined()
    const required = await makeChallengePool(server, 'required')
    const begun = (await kindNamed('MFA_SETUP of an e-mail address').ask(required, nextUser())).rightly()
    const { SecretCode: _, Session } = await server.ok('AssociateSoftwareToken', { Session: begun.Session })
    await setMfa(server, required.UserPoolId, 'ON', { EmailMfaConfiguration })
    nothing(await server.call('AssociateSoftwareToken', { Session: begun.Session }), 'AssociateSoftwareToken')
    nothing(await server.call('VerifySoftwareToken', { Session, UserCode: '000000' }), 'VerifySoftwareToken')
  })

  it('devices do not stand in for a second factor once the pool tracks none', async () => {
    const made = await makeChallengePool(server, 'open')
    const username = nextUser()
    const asked = await kindNamed('DEVICE_PASSWORD_VERIFIER').ask(made, username)
    await server.ok('AdminSetUserMFAPreference', {
      UserPoolId: made.UserPoolId,
      Username: username,
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    })
    await changePool(server, made.UserPoolId, { DeviceConfiguration: undefined })
    const { body } = await respond(asked.rightly())
    expect([body.ChallengeName, body.AuthenticationResult]).toEqual(['SMS_MFA', undefined])
  })

  it('the session of a confirmation signs nobody in by it', async () => {
    const made = await makeChallengePool(server, 'open')
    await changePool(server, made.UserPoolId, { AutoVerifiedAttributes: ['email'] })
    const Username = nextUser()
    await signUpUser(server, made, Username, { email: emailOf(Username) })
    const confirmation = { ClientId: made.ClientId, Username, ConfirmationCode: server.codeSentTo(emailOf(Username)) }
    const { Session } = await server.ok('ConfirmSignUp', confirmation)
    await without('EMAIL_OTP')(made)
    const { body } = await server.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: Username },
      Session,
    })
    expect([body.ChallengeName, body.AuthenticationResult]).toEqual(['SELECT_CHALLENGE', undefined])
  })
})

describe('must-not-happen 12: tokens of an app client that was deleted', () => {
  it('are good for nothing', async () => {
    const made = await clientOf(pools.open)
    const username = nextUser()
    await kinds[0]?.ask(made, username)
    const AccessToken = await accessTokenOf(server, made, username)
    await server.ok('GetUser', { AccessToken })
    await server.ok('DeleteUserPoolClient', { UserPoolId: made.UserPoolId, ClientId: made.ClientId })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    for (const operation of ['AssociateSoftwareToken', 'StartWebAuthnRegistration', 'GlobalSignOut'] as const) {
      expect((await server.refused(operation, { AccessToken }))[0], operation).toBe('NotAuthorizedException')
    }
  })
})
