import { describe, expect, it } from 'vitest'
import { callbacksOf } from '../../console/src/pages/sign-in-tester/callbacks.ts'
import { askedBy, fieldsOf, setUpChoice, whyNot } from '../../console/src/pages/sign-in-tester/challenge.ts'
import { flowFault, flowOf, refreshFlow } from '../../console/src/pages/sign-in-tester/flows.ts'
import { handedIn, handedText } from '../../console/src/pages/sign-in-tester/handed-back.ts'
import { codeChallenge } from '../../console/src/pages/sign-in-tester/pkce.ts'
import { reasonOf } from '../../console/src/pages/sign-in-tester/refusal-reason.ts'
import { codeOf, curlOf, nameOf, wireOf } from '../../console/src/pages/sign-in-tester/request.ts'

const asked = (name: string, parameters: Record<string, string> = {}, available: string[] = []) =>
  askedBy({ ChallengeName: name, Session: 's', ChallengeParameters: parameters, AvailableChallenges: available }) ??
  expect.fail('nothing asked')
const namesOf = (...given: Parameters<typeof fieldsOf>) => fieldsOf(...given)?.map(({ name }) => name)

describe('what the login pages hand back', () => {
  it.each([
    ['https://app.example.org/back?code=c-1&state=s', { code: 'c-1', state: 's' }],
    ['https://app.example.org/back?x=1#id_token=i&access_token=a&state=s', { id_token: 'i', access_token: 'a', state: 's' }],
    ['com.example.app://back?error=access_denied&error_description=not+today', { error: 'access_denied', error_description: 'not today' }],
    ['?code=c&state=s', { code: 'c', state: 's' }],
    ['code=c&state=s', { code: 'c', state: 's' }],
    [' 0e1c-4b_2 \n', { code: '0e1c-4b_2' }],
    ['https://app.example.org/back', undefined],
    ['no code', undefined],
    ['', undefined],
  ] as const)('%j', (text, handed) => {
    expect(handedText(text)).toEqual(handed)
  })

  it('is none in the addresses of the tester itself', () => {
    expect(handedIn(new URL('http://localhost/console/user-pools/p/sign-in-tester?flow=implicit&client=c&username=u'))).toBeUndefined()
  })
})

describe('the callback URL of a sign-in', () => {
  const own = 'http://localhost:9339/console/user-pools/us-east-1_A/sign-in-tester'
  const urls = ['https://a.example.org/', 'https://b.example.org/']

  it('is the chosen one, this page, the standard one or the first', () => {
    const standard = { CallbackURLs: urls, DefaultRedirectURI: 'https://b.example.org/' }
    expect(callbacksOf(standard, own, '').chosen).toBe('https://b.example.org/')
    expect(callbacksOf({ CallbackURLs: urls }, own, '').chosen).toBe('https://a.example.org/')
    expect(callbacksOf({ ...standard, CallbackURLs: [...urls, own] }, own, '').chosen).toBe(own)
    expect(callbacksOf({ CallbackURLs: [...urls, own] }, own, 'https://a.example.org/').chosen).toBe('https://a.example.org/')
    // What was chosen for another app client doesn't count.
    expect(callbacksOf({ CallbackURLs: urls }, own, 'https://c.example.org/').chosen).toBe('https://a.example.org/')
    expect(callbacksOf({}, own, '').chosen).toBe('')
  })

  it('is not this page where that has no address which can be registered', () => {
    expect(callbacksOf({}, own, '').ownFault).toBeUndefined()
    expect(callbacksOf({}, own.replace('localhost', '10.0.0.7'), '').ownFault).toContain('cannot use the HTTP protocol')
  })
})

describe('questions of a sign-in', () => {
  it('ask for a password that was not typed before', () => {
    expect(namesOf(asked('PASSWORD_VERIFIER'))).toEqual(['PASSWORD'])
    const choice = asked('SELECT_CHALLENGE', {}, ['PASSWORD_SRP', 'EMAIL_OTP'])
    expect(namesOf(choice, { ANSWER: 'PASSWORD_SRP' }, false)).toEqual(['ANSWER', 'PASSWORD'])
    expect(namesOf(choice, { ANSWER: 'PASSWORD_SRP' }, true)).toEqual(['ANSWER'])
    expect(namesOf(choice, { ANSWER: 'EMAIL_OTP' }, false)).toEqual(['ANSWER'])
  })

  it.each([
    ['["SOFTWARE_TOKEN_MFA"]', ['UserCode']],
    ['["EMAIL_OTP"]', ['EMAIL']],
    ['["SMS_MFA","EMAIL_OTP"]', ['EMAIL']],
    ['["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]', [setUpChoice]],
    ['["SMS_MFA"]', undefined],
  ] as const)('set up what can be set up: %s', (MFAS_CAN_SETUP, names) => {
    const setUp = asked('MFA_SETUP', { MFAS_CAN_SETUP })
    expect(namesOf(setUp)).toEqual(names)
    expect(whyNot(setUp) === undefined).toBe(names !== undefined)
  })

  it('say why a page like this can’t answer', () => {
    expect(whyNot(asked('MFA_SETUP', { MFAS_CAN_SETUP: '["SMS_MFA"]' }))).toContain('an administrator has to add one')
    expect(whyNot(asked('WEB_AUTHN'))).toContain('A passkey belongs to the address of the login pages')
    expect(whyNot(asked('SELECT_CHALLENGE', {}, ['PASSWORD', 'WEB_AUTHN']))).toContain('A passkey')
    expect(whyNot(asked('SELECT_CHALLENGE', {}, ['PASSWORD']))).toBeUndefined()
    expect(whyNot(asked('DEVICE_SRP_AUTH'))).toContain('remembered device')
    expect(whyNot(asked('SOMETHING_NEW'))).toContain('does not know')
  })
})

describe('requests without their client secret', () => {
  const target = { endpoint: 'http://localhost:9339', region: 'us-east-1' }
  const secret = 'aSecretThatIsNotToBeSeen'
  const input = { RefreshToken: `it's`, ClientId: 'id', ClientSecret: secret }
  const refresh = { kind: 'operation', operation: 'GetTokensFromRefreshToken', input, signed: false } as const
  const basic = { clientId: 'id', clientSecret: secret }
  const form = { kind: 'form', path: '/oauth2/token', form: { grant_type: 'client_credentials', scope: 'a b' }, basic } as const

  it.each([refresh, form])('$kind', (request) => {
    for (const text of [wireOf(request), curlOf(request, target), codeOf(request, target)]) {
      expect(text).not.toContain(secret)
      expect(text).toContain('CLIENT_SECRET')
    }
  })

  it('stand there as a shell and a program can fill it in', () => {
    expect(curlOf(refresh, target)).toContain(`--data '{"RefreshToken":"it'\\''s","ClientId":"id","ClientSecret":"'"$CLIENT_SECRET"'"}'`)
    expect(codeOf(refresh, target)).toContain('ClientSecret: process.env.CLIENT_SECRET')
    expect(wireOf(form)).toBe(`POST /oauth2/token
Authorization: Basic base64(id:$CLIENT_SECRET)
Content-Type: application/x-www-form-urlencoded

grant_type=client_credentials
&scope=a+b`)
  })

  it('are pages that a browser opens, too', () => {
    const url = 'https://id.example.org/oauth2/authorize?response_type=code&redirect_uri=https%3A%2F%2Fapp.example.org%2F'
    const page = { kind: 'page', url, verifier: 'v' } as const
    expect(nameOf(page)).toBe('/oauth2/authorize')
    expect(wireOf(page)).toBe(
      'GET https://id.example.org/oauth2/authorize\n  ?response_type=code\n  &redirect_uri=https%3A%2F%2Fapp.example.org%2F',
    )
    let opened = ''
    Function('location', codeOf(page, target))({ assign: (to: string) => (opened = to) })
    expect(opened).toBe(url)
  })

  // RFC 7636, appendix B.
  it('prove by S256 who asked for a code', async () => {
    expect(await codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  })
})

describe('the flows of an app client', () => {
  it.each([
    ['authorization_code', { AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true }, true],
    ['authorization_code', { AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: false }, false],
    ['implicit', { AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true }, false],
    ['GetTokensFromRefreshToken', { RefreshTokenRotation: { Feature: 'ENABLED' } }, true],
    ['refresh_token', {}, true],
  ] as const)('%s with %o: %s', (flow, client, allowed) => {
    expect(flowFault(flowOf(flow), client) === undefined).toBe(allowed)
  })

  it('refresh by the operation that works', () => {
    expect(refreshFlow({})).toBe('REFRESH_TOKEN_AUTH')
    expect(refreshFlow({ RefreshTokenRotation: { Feature: 'ENABLED' } })).toBe('GetTokensFromRefreshToken')
    expect(refreshFlow({ ExplicitAuthFlows: ['ALLOW_USER_AUTH'] })).toBe('GetTokensFromRefreshToken')
  })
})

describe('why a way to tokens was refused', () => {
  const facts = { operation: 'InitiateAuth', challenge: undefined, flowFault: undefined, user: undefined } as const

  it.each([
    [
      'InvalidParameterException',
      'Custom auth lambda trigger is not configured for the user pool.',
      'CUSTOM_AUTH',
      'A function of the user pool',
    ],
    ['InvalidParameterException', 'User has no MFA factor that this user pool allows.', 'USER_SRP_AUTH', 'The second factor'],
    ['RefreshTokenReuseException', 'Refresh Token has been rotated', 'GetTokensFromRefreshToken', 'The refresh token'],
    ['NotAuthorizedException', 'Unable to login because of security reasons.', 'USER_SRP_AUTH', 'Threat protection'],
    ['access_denied', '', 'authorization_code', 'The login pages'],
    ['state', '', 'implicit', 'The state'],
  ] as const)('%s %s', (code, message, flow, check) => {
    expect(reasonOf({ ...facts, code, message, flow }).check).toBe(check)
  })

  it('names rotation where REFRESH_TOKEN_AUTH is closed by it', () => {
    const closed = {
      ...facts,
      code: 'NotAuthorizedException',
      message: 'Invalid Refresh Token',
      flow: 'REFRESH_TOKEN_AUTH',
      flowFault: 'It rotates.',
    }
    expect(reasonOf(closed)).toEqual({ check: 'The app client’s authentication flows', why: 'It rotates.' })
  })
})
