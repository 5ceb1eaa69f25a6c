import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeChallengeOf } from '../../src/crypto/pkce.ts'
import type { Authorization } from '../../src/flows/authorization.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { callback, codeChallenge, codeFor, pageSettings, redeem, refusal, verifier } from '../support/page-codes.ts'

const other = 'https://app.example/other'

let server: OAuthServer
let clients: Readonly<Record<'public' | 'confidential', MadePool>>
let strangers: Readonly<Record<string, MadePool>>

beforeAll(async () => {
  server = await startOAuth()
  const settings = { ...pageSettings, CallbackURLs: [callback, other] }
  const open = await makePool(server.harness, {}, settings)
  const make = (more: object) => makeClient(server.harness, open.UserPoolId, { ...settings, ...more })
  clients = { public: open, confidential: await make({ GenerateSecret: true }) }
  strangers = {
    'another public client': await make({}),
    'another confidential client': await make({ GenerateSecret: true }),
    'a client of another pool': await makePool(server.harness, {}, settings),
  }
  await makeUser(server.harness, open.UserPoolId, 'ana')
})
beforeEach(() => server.harness.clock.reset())
afterAll(() => server.stop())

type Sent = Readonly<Record<string, string | undefined>>

/** A request that is right, for a code with a challenge and for one without. */
const rightly: readonly (readonly [name: string, asked: Partial<Authorization>, sent: Sent])[] = [
  ['with a challenge', { codeChallenge }, { redirect_uri: callback, code_verifier: verifier }],
  ['without a challenge', {}, { redirect_uri: callback }],
]

const grant = [400, 'invalid_grant']
const redirect = [400, 'unauthorized_client', 'invalid_redirect']
const missing = [400, 'invalid_request', 'redirect_uri is missing.']

/** What each refuses the code by itself, for codes with a challenge, without one, or both. */
const wrongly: readonly (readonly [name: string, kinds: string, wrong: Sent, refused: unknown[]])[] = [
  ['another registered redirect_uri', 'both', { redirect_uri: other }, redirect],
  ['an unregistered redirect_uri', 'both', { redirect_uri: 'https://evil.example' }, redirect],
  ['the redirect_uri with a slash', 'both', { redirect_uri: `${callback}/` }, redirect],
  ['the redirect_uri in other letters', 'both', { redirect_uri: callback.toUpperCase() }, redirect],
  ['the redirect_uri and more', 'both', { redirect_uri: `${callback}?x` }, redirect],
  ['the redirect_uri, escaped', 'both', { redirect_uri: encodeURIComponent(callback) }, redirect],
  ['no redirect_uri', 'both', { redirect_uri: undefined }, missing],
  ['an empty redirect_uri', 'both', { redirect_uri: '' }, missing],
  ['no verifier', 'with a challenge', { code_verifier: undefined }, grant],
  ['an empty verifier', 'with a challenge', { code_verifier: '' }, grant],
  ['another verifier', 'with a challenge', { code_verifier: `${verifier}x` }, grant],
  ['a part of the verifier', 'with a challenge', { code_verifier: verifier.slice(0, -1) }, grant],
  ['the challenge as verifier', 'with a challenge', { code_verifier: codeChallenge }, grant],
  ['a verifier of a forbidden form', 'with a challenge', { code_verifier: `${verifier} ` }, grant],
  ['a verifier', 'without a challenge', { code_verifier: verifier }, grant],
  ['a verifier of a forbidden form', 'without a challenge', { code_verifier: 'x' }, grant],
]

describe.each(['public', 'confidential'] as const)('must-not-happen 02: a code of a %s client', (kind) => {
  describe.each(rightly)('%s', (name, asked, sent) => {
    const fresh = () => codeFor(server.harness, clients[kind], 'ana', asked)

    it('is good', async () => {
      expect((await redeem(server, clients[kind], await fresh(), sent)).status).toBe(200)
    })

    it.each(wrongly.filter(([, kinds]) => kinds === 'both' || kinds === name))(
      'gives nothing with %s alone, and is not used up by it',
      async (_, __, wrong, refused) => {
        const code = await fresh()
        expect(await refusal(redeem(server, clients[kind], code, { ...sent, ...wrong }))).toEqual(refused)
        expect((await redeem(server, clients[kind], code, sent)).status).toBe(200)
      },
    )

    it.each(['another public client', 'another confidential client', 'a client of another pool'])(
      'gives nothing to %s, and is not used up by it',
      async (stranger) => {
        const code = await fresh()
        expect(await refusal(redeem(server, strangers[stranger] ?? expect.fail(), code, sent))).toEqual(grant)
        expect((await redeem(server, clients[kind], code, sent)).status).toBe(200)
      },
    )

    it('gives nothing when five minutes are over', async () => {
      const code = await fresh()
      server.harness.clock.advance(5 * 60_000)
      expect(await refusal(redeem(server, clients[kind], code, sent))).toEqual(grant)
      server.harness.clock.advance(-1)
      expect((await redeem(server, clients[kind], code, sent)).status).toBe(200)
    })

    it('gives nothing in another spelling', async () => {
      const code = await fresh()
      for (const spelling of [code.toUpperCase(), ` ${code}`, `${code} `, code.replaceAll('-', ''), `{${code}}`]) {
        expect(await refusal(redeem(server, clients[kind], spelling, sent))).toEqual(grant)
      }
      expect((await redeem(server, clients[kind], code, sent)).status).toBe(200)
    })
  })
})

describe('must-not-happen 02: a code of a confidential client', () => {
  it('gives nothing without the secret, or with a wrong one', async () => {
    const made = clients.confidential
    const code = await codeFor(server.harness, made, 'ana')
    for (const ClientSecret of ['', 'wrong']) {
      expect(await refusal(redeem(server, { ...made, ClientSecret }, code))).toEqual([400, 'invalid_client'])
    }
    expect((await redeem(server, made, code)).status).toBe(200)
  })
})

describe('must-not-happen 02: a code challenge', () => {
  it.each([
    ['the verifier itself', verifier],
    ['padded', `${codeChallenge}=`],
    ['another one', codeChallengeOf(`${verifier}x`)],
    ['empty', ''],
  ])('is never satisfied by a verifier that is not its own: %s', async (_, challenge) => {
    const code = await codeFor(server.harness, clients.public, 'ana', { codeChallenge: challenge })
    expect(await refusal(redeem(server, clients.public, code, { code_verifier: verifier }))).toEqual(grant)
    expect(await refusal(redeem(server, clients.public, code))).toEqual(grant)
  })
})
