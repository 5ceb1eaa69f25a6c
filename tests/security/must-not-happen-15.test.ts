import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChallengeAnswer, type ChallengeKind, createChallengeKinds } from '../support/challenge-kinds.ts'
import { makeChallengePool } from '../support/challenge-pool.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { password } from '../support/make-user.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'

const server: Harness = await createHarness({}, pathFunctions)
const kinds = createChallengeKinds(server)
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

/** Larger than any answer, and small enough to be read at all. */
const huge = 'A'.repeat(100_000)

/** Every entry that any challenge takes, as somebody might fill it who knows the password alone. */
const everyEntry: Readonly<Record<string, string>> = {
  PASSWORD: password,
  SRP_A: '2',
  PASSWORD_CLAIM_SECRET_BLOCK: 'QUFBQQ==',
  PASSWORD_CLAIM_SIGNATURE: 'QUFBQQ==',
  TIMESTAMP: 'Thu Jan 15 12:00:00 UTC 2026',
  SMS_MFA_CODE: '000000',
  SMS_OTP_CODE: '00000000',
  EMAIL_OTP_CODE: '00000000',
  EMAIL_MFA_CODE: '000000',
  SOFTWARE_TOKEN_MFA_CODE: '000000',
  CREDENTIAL: '{}',
  ANSWER: 'true',
  DEVICE_KEY: 'us-east-1_00000000-0000-4000-8000-000000000000',
  NEW_PASSWORD: 'My-Own-Horse-8',
  SECRET_HASH: '',
}

const noTokens = ({ status, body }: Answer, what: string) => {
  const seen = `${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`
  expect(body, seen).not.toHaveProperty('AuthenticationResult')
  expect(status, seen).toBe(400)
}

/** The entries that prove something. */
const proofs = ({ ChallengeResponses }: ChallengeAnswer): string[] => Object.keys(ChallengeResponses).filter((name) => name !== 'USERNAME')

describe.each(kinds.filter(({ name }) => name !== 'MFA_SETUP of a software token'))(
  'must-not-happen 15: $name is not passed by submitting something',
  ({ pool, ask }) => {
    const made = () => pools[pool]
    const respond = (answer: Record<string, unknown>) => server.call('RespondToAuthChallenge', answer)
    const varied = (right: ChallengeAnswer, change: Record<string, unknown>) => ({
      ...right,
      ChallengeResponses: { ...right.ChallengeResponses, ...change },
    })

    it('with an entry that is missing, empty or of another type, none of which uses the challenge up', async () => {
      const asked = await ask(made(), nextUser())
      const right = asked.rightly()
      const { ChallengeResponses, ...bare } = right
      noTokens(await respond({ ...bare }), 'no entries')
      noTokens(await respond({ ...bare, ChallengeResponses: {} }), 'empty entries')
      for (const name of Object.keys(ChallengeResponses)) {
        const { [name]: _left, ...others } = ChallengeResponses
        // What is null is left out on the wire.
        const left = [others, { ...others, [name]: '' }, { ...others, [name]: null }]
        // A choice without the password is a choice, and asks for it.
        if (`${right.ChallengeName} ${name}` !== 'SELECT_CHALLENGE PASSWORD') {
          for (const entries of left) noTokens(await respond({ ...right, ChallengeResponses: entries }), `without ${name}`)
        }
        for (const value of [true, 0, [], [ChallengeResponses[name]], { value: ChallengeResponses[name] }]) {
          noTokens(await respond(varied(right, { [name]: value })), `${name}: ${JSON.stringify(value).slice(0, 60)}`)
        }
      }
      for (const [member, value] of Object.entries({ ChallengeName: '', Session: 7, ChallengeResponses: 'x', ClientId: [] })) {
        noTokens(await respond({ ...right, [member]: value }), member)
      }
      const last = await asked.finish(await respond({ ...asked.rightly() }))
      expect(last.body.AuthenticationResult, JSON.stringify(last.body)).toBeDefined()
    })

    it.each([
      ['wrong', (value: string) => `${value.startsWith('0') ? '1' : '0'}${value.slice(1)}`],
      ['cut short', (value: string) => value.slice(0, -2)],
      ['huge', () => huge],
      ['the word for yes', () => 'true'],
    ])('with an entry that is %s', async (what, spoil) => {
      const asked = await ask(made(), nextUser())
      const right = asked.rightly()
      for (const name of proofs(right)) {
        // Two clients may begin an exchange with any number; what it comes to is not proved by that.
        if (name === 'SRP_A' || name === 'EMAIL' || name === 'NEW_PASSWORD') continue
        const answer = await respond(varied(right, { [name]: spoil(right.ChallengeResponses[name] ?? '') }))
        noTokens(answer, `${what}: ${name}`)
      }
    })

    it('with the entries of all other challenges', async () => {
      const asked = await ask(made(), nextUser())
      const right = asked.rightly()
      const { USERNAME = '' } = right.ChallengeResponses
      const own = new Set(proofs(right))
      const foreign = Object.fromEntries(Object.entries(everyEntry).filter(([name, value]) => !own.has(name) && value !== ''))
      noTokens(await respond({ ...right, ChallengeResponses: { USERNAME, ...foreign } }), 'foreign entries')
    })
  },
)

describe('must-not-happen 15: MFA_SETUP', () => {
  it('is not finished by a token that nobody verified, whatever else is submitted', async () => {
    const username = nextUser()
    const kind = kinds.find(({ name }) => name === 'MFA_SETUP of an e-mail address')
    const right = (await kind?.ask(pools.required, username))?.rightly()
    const { Session } = await server.ok('AssociateSoftwareToken', { Session: right?.Session })
    for (const session of [right?.Session, Session]) {
      for (const entries of [{}, everyEntry, { SOFTWARE_TOKEN_MFA_CODE: '000000' }, { verified: 'true' }]) {
        const ChallengeResponses = { USERNAME: username, ...entries, SECRET_HASH: undefined }
        const answer = await server.call('RespondToAuthChallenge', { ...right, Session: session, ChallengeResponses })
        noTokens(answer, JSON.stringify(entries))
      }
    }
  })
})
