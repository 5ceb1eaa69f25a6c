import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import { emailOf, phoneOf, verifiedAddresses } from '../support/challenge-pool.ts'
import { countWork, type Work } from '../support/count-work.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { nobodyOffered, offeredTo } from '../support/nobody-offered.ts'
import { addPasskey } from '../support/passkeys.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const server: Harness = await createHarness({}, pathFunctions)
const work: Work = countWork(server)
const hiding = {
  ExplicitAuthFlows: [
    'ALLOW_USER_AUTH' as const,
    'ALLOW_CUSTOM_AUTH' as const,
    'ALLOW_USER_PASSWORD_AUTH' as const,
    'ALLOW_USER_SRP_AUTH' as const,
  ],
  PreventUserExistenceErrors: 'ENABLED' as const,
}
const SRP_A = 'a5'.repeat(300)
const codes = ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const]

/** Where everybody has an e-mail address and a phone number, and where everybody has a passkey. */
let byCode: MadePool
let byPasskey: MadePool
afterAll(() => server.close())

interface Step {
  readonly operation: 'InitiateAuth' | 'RespondToAuthChallenge'
  readonly input: Record<string, unknown>
}
type Steps = readonly ((made: MadePool, username: string, session: string | undefined) => Step)[]

const begin =
  (AuthFlow: string, more: Record<string, string> = {}): Steps[number] =>
  ({ ClientId }, USERNAME) => ({ operation: 'InitiateAuth', input: { ClientId, AuthFlow, AuthParameters: { USERNAME, ...more } } })
const respond =
  (ChallengeName: string, more: Record<string, string>): Steps[number] =>
  ({ ClientId }, USERNAME, Session) => ({
    operation: 'RespondToAuthChallenge',
    input: { ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME, ...more } },
  })
const prefer = (PREFERRED_CHALLENGE: string, more: Record<string, string> = {}) => begin('USER_AUTH', { PREFERRED_CHALLENGE, ...more })
const choose = (ANSWER: string, more: Record<string, string> = {}) => respond('SELECT_CHALLENGE', { ANSWER, ...more })
const claim = { PASSWORD_CLAIM_SIGNATURE: 'QUFB', TIMESTAMP: 'Thu Jan 15 12:00:00 UTC 2026' }
const wrong = 'Wrong-Horse-7'
const credential = JSON.stringify({ id: 'QUFB', rawId: 'QUFB', type: 'public-key', clientExtensionResults: {}, response: {} })

/** Sign-ins as somebody makes them who can prove nothing; the last step is compared, and what leads to it. */
const byCodes: Record<string, Steps> = {
  'a choice': [begin('USER_AUTH')],
  EMAIL_OTP: [prefer('EMAIL_OTP'), respond('EMAIL_OTP', { EMAIL_OTP_CODE: 'x' })],
  SMS_OTP: [prefer('SMS_OTP'), respond('SMS_OTP', { SMS_OTP_CODE: 'x' })],
  'EMAIL_OTP, chosen': [begin('USER_AUTH'), choose('EMAIL_OTP'), respond('EMAIL_OTP', { EMAIL_OTP_CODE: 'x' })],
  'SMS_OTP, chosen': [begin('USER_AUTH'), choose('SMS_OTP'), respond('SMS_OTP', { SMS_OTP_CODE: 'x' })],
  PASSWORD: [prefer('PASSWORD'), respond('PASSWORD', { PASSWORD: wrong })],
  'PASSWORD at once': [prefer('PASSWORD', { PASSWORD: wrong })],
  'PASSWORD, chosen': [begin('USER_AUTH'), choose('PASSWORD', { PASSWORD: wrong })],
  PASSWORD_SRP: [prefer('PASSWORD_SRP', { SRP_A }), respond('PASSWORD_VERIFIER', claim)],
  'PASSWORD_SRP, chosen': [
    begin('USER_AUTH'),
    choose('PASSWORD_SRP'),
    respond('PASSWORD_SRP', { SRP_A }),
    respond('PASSWORD_VERIFIER', claim),
  ],
  'what is not offered': [prefer('WEB_AUTHN'), choose('WEB_AUTHN')],
  CUSTOM_AUTH: [begin('CUSTOM_AUTH'), respond('CUSTOM_CHALLENGE', { ANSWER: 'red' })],
  'CUSTOM_AUTH with SRP': [begin('CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A', SRP_A }), respond('PASSWORD_VERIFIER', claim)],
}
const byPasskeys: Record<string, Steps> = {
  'a choice': [begin('USER_AUTH')],
  WEB_AUTHN: [prefer('WEB_AUTHN'), respond('WEB_AUTHN', { CREDENTIAL: credential })],
  'WEB_AUTHN, chosen': [begin('USER_AUTH'), choose('WEB_AUTHN'), respond('WEB_AUTHN', { CREDENTIAL: credential })],
  'WEB_AUTHN, answered with no credential': [prefer('WEB_AUTHN'), respond('WEB_AUTHN', { CREDENTIAL: '{}' })],
}

const disable = ({ UserPoolId }: MadePool, Username: string) => server.ok('AdminDisableUser', { UserPoolId, Username })
const withPasskey = async (made: MadePool, username: string) => {
  await makeUser(server, made.UserPoolId, username)
  await addPasskey(server, made, username)
}

type Make = (made: MadePool, username: string) => Promise<unknown>
const codeStates: Record<string, Make> = {
  confirmed: (made, username) => makeUser(server, made.UserPoolId, username, verifiedAddresses(username)),
  unconfirmed: (made, username) => signUpUser(server, made, username, { email: emailOf(username), phone_number: phoneOf(username) }),
  disabled: async (made, username) => {
    await makeUser(server, made.UserPoolId, username, verifiedAddresses(username))
    await disable(made, username)
  },
  'to be reset': async (made, username) => {
    await makeUser(server, made.UserPoolId, username, verifiedAddresses(username))
    await server.ok('AdminResetUserPassword', { UserPoolId: made.UserPoolId, Username: username })
  },
}
const passkeyStates: Record<string, Make> = {
  confirmed: withPasskey,
  disabled: async (made, username) => {
    await withPasskey(made, username)
    await disable(made, username)
  },
}

/** Drawn anew with every answer: what is left of them is their length. */
const drawn = ['Session', 'SRP_B', 'SECRET_BLOCK', 'SALT']

/** What everybody may see of an answer, without what is drawn anew, or made up for the name. */
const shape = (text: string, username: string): unknown => {
  const seen = (name: string, value: unknown): unknown => {
    if (drawn.includes(name)) return `${name === 'Session' ? String(value).length : Math.floor(String(value).length / 10)}`
    if (name === 'CODE_DELIVERY_DESTINATION') return String(value).replaceAll(/[a-z0-9]/gi, 'x')
    if (name === 'CREDENTIAL_REQUEST_OPTIONS') {
      const { challenge, allowCredentials, ...options } = JSON.parse(String(value))
      // How many there are, how long and where, is drawn for names that nobody has.
      const kinds = allowCredentials.map((one: object) => Object.keys(one).join())
      return { ...options, challenge: challenge.length, allowed: [...new Set(kinds)] }
    }
    return value === username ? 'the name' : value
  }
  return JSON.parse(JSON.stringify(JSON.parse(text), seen))
}

/** What the steps answer, and what each of them costs. */
const walk = async (made: MadePool, username: string, steps: Steps, beforeLast?: () => Promise<unknown>) => {
  const answers: { status: number; headers: unknown; body: unknown; work: string[] }[] = []
  let session: string | undefined
  let block: string | undefined
  for (const step of steps) {
    if (step === steps.at(-1)) await beforeLast?.()
    const { operation, input } = step(made, username, session)
    const responses = input['ChallengeResponses'] as Record<string, string> | undefined
    if (responses?.['TIMESTAMP'] !== undefined) responses['PASSWORD_CLAIM_SECRET_BLOCK'] = block ?? ''
    work.take()
    const reply = await postTo(redispatch(server, work.services), operation, input)
    const { 'x-amzn-requestid': _, ...headers } = reply.headers
    answers.push({ status: reply.status, headers, body: shape(reply.body, username), work: work.take() })
    const body = JSON.parse(reply.body)
    session = body.Session
    block = body.ChallengeParameters?.SECRET_BLOCK
  }
  return answers
}

let names = 0
const fresh = (what: string) => {
  names += 1
  return `${what}-${names}`
}

const everyCode = 'PASSWORD_SRP,PASSWORD,EMAIL_OTP,SMS_OTP'
const nobodyWithCodes = () => nobodyOffered(server, byCode, everyCode, () => fresh('nobody'))

const compared = async (made: MadePool, make: Make, steps: Steps, nobody: string) => {
  const username = fresh('known')
  await make(made, username)
  const [known, unknown] = [await walk(made, username, steps), await walk(made, nobody, steps)]
  expect(known).toEqual(unknown)
  for (const { status } of known) expect(status).not.toBe(500)
}

const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } }

describe('must-not-happen 34: on a client that hides existence, a sign-in by choice or by questions tells nobody who exists', () => {
  beforeAll(async () => {
    const pool = { AutoVerifiedAttributes: ['email' as const, 'phone_number' as const], LambdaConfig: pathLambdaConfig, ...sms }
    byCode = await makePool(server, { ...pool, Policies: { SignInPolicy: { AllowedFirstAuthFactors: codes } } }, hiding)
    for (const steps of Object.values(byCodes)) await walk(byCode, await nobodyWithCodes(), steps)
  })

  it.each(Object.keys(byCodes).flatMap((name) => Object.keys(codeStates).map((state) => [name, state] as const)))(
    '%s of a user who is %s: same answers, same work',
    async (name, state) => compared(byCode, codeStates[state] as Make, byCodes[name] as Steps, await nobodyWithCodes()),
  )
})

describe('must-not-happen 34: somebody who is barred in the middle of a sign-in', () => {
  const states: Record<string, Partial<User>> = { disabled: { enabled: false }, 'to be reset': { status: 'RESET_REQUIRED' } }
  const under = Object.keys(byCodes).filter((name) => (byCodes[name]?.length ?? 0) > 1)

  it.each(under.flatMap((name) => Object.keys(states).map((state) => [name, state] as const)))(
    'by %s, and is %s now, is answered like nobody',
    async (name, state) => {
      const steps = byCodes[name] as Steps
      const username = fresh('barred')
      await makeUser(server, byCode.UserPoolId, username, verifiedAddresses(username))
      // In the row alone, as a compromised password leaves it: its sessions stand.
      const bar = async () => {
        const pool = await server.store.pools.byId(byCode.UserPoolId)
        const user = await server.store.users.byName(pool?.uid ?? '', username)
        if (user === undefined) return expect.fail('the user was just made')
        const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() }
        expect(await server.store.users.save(by, { user: { ...user, ...states[state] } })).toBe('saved')
      }
      const barred = await walk(byCode, username, steps, bar)
      expect(barred.map(({ status, body }) => [status, body])).toEqual(
        (await walk(byCode, await nobodyWithCodes(), steps)).map(({ status, body }) => [status, body]),
      )
    },
  )
})

describe('must-not-happen 34: what SRP shows of a name', () => {
  const saltBy = async (USERNAME: string, AuthFlow: string, more: Record<string, string>) => {
    const AuthParameters = { USERNAME, SRP_A, ...more }
    const { ChallengeParameters } = await server.ok('InitiateAuth', { ClientId: byCode.ClientId, AuthFlow, AuthParameters })
    return ChallengeParameters.SALT
  }
  it.each([...Object.keys(codeStates), 'nobody'])('is the same in every flow, of a user who is %s', async (state) => {
    const username = state === 'nobody' ? await nobodyWithCodes() : fresh('salted')
    await codeStates[state]?.(byCode, username)
    const salts = [
      await saltBy(username, 'USER_SRP_AUTH', {}),
      await saltBy(username, 'USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD_SRP' }),
      await saltBy(username, 'CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A' }),
    ]
    expect(new Set(salts).size).toBe(1)
  })
})

describe('must-not-happen 34: where users have passkeys', () => {
  const offersPasskey = async (username: string) => (await offeredTo(server, byPasskey, username)).includes('WEB_AUTHN')
  const nobodyWithPasskey = () => nobodyOffered(server, byPasskey, 'PASSWORD_SRP,PASSWORD,WEB_AUTHN', () => fresh('nobody'))
  beforeAll(async () => {
    const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } }
    byPasskey = await makePool(server, { Policies }, hiding)
    for (const steps of Object.values(byPasskeys)) await walk(byPasskey, await nobodyWithPasskey(), steps)
  })

  it.each(Object.keys(byPasskeys).flatMap((name) => Object.keys(passkeyStates).map((state) => [name, state] as const)))(
    '%s of a user who is %s: same answers, same work',
    async (name, state) => compared(byPasskey, passkeyStates[state] as Make, byPasskeys[name] as Steps, await nobodyWithPasskey()),
  )

  it('a name that nobody has is offered the same each time, and some are offered no passkey', async () => {
    const offers: boolean[] = []
    for (let name = 0; name < 24; name += 1) offers.push(await offersPasskey(`stable-${name}`))
    for (let name = 0; name < 24; name += 1) expect(await offersPasskey(`stable-${name}`)).toBe(offers[name])
    expect(new Set(offers).size).toBe(2)
  })
})

describe('must-not-happen 34: the passkeys of a name that nobody has', () => {
  const allowedTo = async (USERNAME: string) => {
    const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' }
    const { ChallengeParameters } = await server.ok('InitiateAuth', { ClientId: byPasskey.ClientId, AuthFlow: 'USER_AUTH', AuthParameters })
    const { allowCredentials } = JSON.parse(ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS)
    return allowCredentials as { id: string; transports: string[] }[]
  }

  it('are as many and of as many kinds as those that people have, and always the same', async () => {
    const [counts, kinds] = [new Set<number>(), new Set<string>()]
    for (let tries = 0; tries < 80; tries += 1) {
      const username = await nobodyOffered(server, byPasskey, 'PASSWORD_SRP,PASSWORD,WEB_AUTHN', () => fresh('nobody'))
      const allowed = await allowedTo(username)
      expect(await allowedTo(username)).toEqual(allowed)
      expect(new Set(allowed.map(({ id }) => id)).size).toBe(allowed.length)
      counts.add(allowed.length)
      for (const { id, transports } of allowed) kinds.add(`${Buffer.from(id, 'base64url').length} ${transports}`)
    }
    expect([...counts].sort()).toEqual([1, 2, 3])
    expect(kinds).toContain('20 hybrid,internal')
    expect(kinds).toContain('48 nfc,usb')
    expect(kinds).toContain('32 internal')
    expect(kinds.size).toBeGreaterThan(5)
  })
})

describe('must-not-happen 34: guesses at codes', () => {
  it('lock names that nobody has like users, and the allowance of messages is the same', async () => {
    await makeUser(server, byCode.UserPoolId, 'guessed', verifiedAddresses('guessed'))
    const tries = async (username: string) => {
      const seen: unknown[] = []
      for (let time = 0; time < 21; time += 1) seen.push(await walk(byCode, username, byCodes['EMAIL_OTP'] as Steps))
      return seen
    }
    const known = await tries('guessed')
    expect(await tries(await nobodyWithCodes())).toEqual(known)
    expect(JSON.stringify(known)).toContain('Password attempts exceeded')
    expect(JSON.stringify(known.at(-1))).toContain('TooManyRequestsException')
  })
})
