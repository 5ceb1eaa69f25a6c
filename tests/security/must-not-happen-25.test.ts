import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiReply } from '../../src/api/api-request.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { postTo } from '../support/post-to.ts'
import { redispatch } from '../support/redispatch.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

/** Milliseconds of this process's own time for one call: the least of several, because collections and other programs only add to it. */
const costOf = async (call: () => Promise<ApiReply>): Promise<number> => {
  await call()
  const costs: number[] = []
  for (let round = 0; round < 8; round += 1) {
    const before = process.cpuUsage()
    await call()
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / 1000)
  }
  return Math.min(...costs)
}

/** Refused as a fault of the caller, cheaply. */
const refusedCheaply = async (call: () => Promise<ApiReply>, budget = 10) => {
  const { status, body } = await call()
  expect(status, body).toBe(400)
  expect(JSON.parse(body).__type).not.toBe('InternalErrorException')
  expect(await costOf(call)).toBeLessThan(budget)
}

describe('must-not-happen 25: a malformed Authorization header', () => {
  const good = 'Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00'

  it.each<[string, string]>([
    ['only the algorithm', 'AWS4-HMAC-SHA256'],
    ['nothing after it', 'AWS4-HMAC-SHA256 '],
    ['no signature', 'AWS4-HMAC-SHA256 Credential=a/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host'],
    ['a short scope', 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00'],
    ['equals signs', `AWS4-HMAC-SHA256 ${'='.repeat(5000)}`],
    ['commas', `AWS4-HMAC-SHA256 ${','.repeat(5000)}`],
    ['slashes', `AWS4-HMAC-SHA256 Credential=${'/'.repeat(5000)}, SignedHeaders=host, Signature=00`],
    ['blanks', `AWS4-HMAC-SHA256${' '.repeat(10_000)}x`],
    ['twice everything', `AWS4-HMAC-SHA256 ${good}, ${good}`],
    ['Signature Version 2', 'AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo='],
    ['percent signs', `AWS4-HMAC-SHA256 ${good.replace('AKIATESTTESTTESTTEST', '%%%00%zz')}`],
    ['another algorithm', `AWS4-ECDSA-P256-SHA256 ${good}`],
  ])('is refused: %s', async (_, authorization) => {
    const verifying = redispatch(server, {}, { auth: 'verify' })
    for (const dispatch of [verifying, redispatch(server)]) {
      for (const operation of ['ListUsers', 'InitiateAuth']) {
        await refusedCheaply(() =>
          postTo(dispatch, operation, { UserPoolId: pool.UserPoolId }, { authorization, 'x-amz-date': '20260115T120000Z' }),
        )
      }
    }
  })

  it('is refused where signatures are verified: thousands of signed headers', async () => {
    const headers = { authorization: `AWS4-HMAC-SHA256 ${good.replace('host', 'h;'.repeat(4000))}`, 'x-amz-date': '20260115T120000Z' }
    const dispatch = redispatch(server, {}, { auth: 'verify' })
    await refusedCheaply(() => postTo(dispatch, 'ListUsers', { UserPoolId: pool.UserPoolId }, headers))
  })

  it.each(['20260115', 'x'.repeat(10_000), '20260115T120000Z'.repeat(100), '99999999T999999Z', '-1', '2026-01-15T12:00:00Z'])(
    'is refused with the date %.20s',
    async (date) => {
      const dispatch = redispatch(server, {}, { auth: 'verify' })
      const headers = { authorization: `AWS4-HMAC-SHA256 ${good}`, 'x-amz-date': date }
      await refusedCheaply(() => postTo(dispatch, 'ListUsers', { UserPoolId: pool.UserPoolId }, headers))
    },
  )
})

describe('must-not-happen 25: a body that is out of bounds', () => {
  const target = (operation: string) => ({ 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` })

  it.each<[string, string | Uint8Array]>([
    ['brackets to no depth', '['.repeat(100_000)],
    ['objects to no depth', '{"a":'.repeat(50_000)],
    ['33 levels in a map', `{"AuthParameters":${'{"a":'.repeat(32)}1${'}'.repeat(32)}}`],
    ['half a string', '{"ClientId":"'],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d)],
    ['a byte order mark alone', Uint8Array.of(0xef, 0xbb, 0xbf)],
    ['a number', '1e999999'],
    ['an array', '[{"ClientId":"x"}]'],
    ['null', 'null'],
    ['text', '"ClientId"'],
    ['50,000 parameters', `{"AuthParameters":{${Array.from({ length: 50_000 }, (_, n) => `"${n}":""`)}}}`],
    ['a list of 20,000 empty lists', `[${'[],'.repeat(20_000)}[]]`],
    ['a string for an object', '{"ClientId":"x","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":"x"}'],
    ['an object for a string', '{"ClientId":{"$ne":null},"AuthFlow":"USER_PASSWORD_AUTH"}'],
    ['a list for a string', '{"ClientId":["x"],"AuthFlow":"USER_PASSWORD_AUTH"}'],
    ['a number for a string', '{"ClientId":7,"AuthFlow":"USER_PASSWORD_AUTH"}'],
    ['__proto__', '{"__proto__":{"ClientId":"x"},"AuthFlow":"USER_PASSWORD_AUTH"}'],
    ['a name twice', '{"ClientId":"x","ClientId":7,"AuthFlow":"USER_PASSWORD_AUTH"}'],
  ])('is refused: %s', async (_, body) => {
    await refusedCheaply(() => server.post(target('InitiateAuth'), body))
  })

  it('does not let a map of the caller reach what every object inherits', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const body = `{"ClientId":"${pool.ClientId}","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"${name}":"x"}}`
      const reply = await server.post(target('InitiateAuth'), body)
      expect(JSON.parse(reply.body)).toEqual({ __type: 'InvalidParameterException', message: 'Missing required parameter USERNAME' })
    }
    expect(({} as Record<string, unknown>)['USERNAME']).toBeUndefined()
  })
})

describe('must-not-happen 25: a value that is out of bounds', () => {
  const long = 'x'.repeat(100_000)
  const signIn = (AuthParameters: Record<string, string>, AuthFlow = 'USER_PASSWORD_AUTH') => ({
    ClientId: pool.ClientId,
    AuthFlow,
    AuthParameters,
  })
  const respond = (ChallengeResponses: Record<string, string>, more: object = {}) => ({
    ClientId: pool.ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses,
    ...more,
  })

  it.each<[string, string, () => object]>([
    ['a client id', 'InitiateAuth', () => ({ ...signIn({}), ClientId: long })],
    ['a flow', 'InitiateAuth', () => signIn({ USERNAME: 'ana' }, long)],
    ['a user name', 'InitiateAuth', () => signIn({ USERNAME: long, PASSWORD: password })],
    ['a password', 'InitiateAuth', () => signIn({ USERNAME: 'ana', PASSWORD: long })],
    ['a secret hash', 'InitiateAuth', () => signIn({ USERNAME: 'ana', PASSWORD: password, SECRET_HASH: long })],
    ['SRP_A of hexadecimal digits', 'InitiateAuth', () => signIn({ USERNAME: 'ana', SRP_A: 'f'.repeat(100_000) }, 'USER_SRP_AUTH')],
    ['SRP_A of zeros', 'InitiateAuth', () => signIn({ USERNAME: 'ana', SRP_A: '0'.repeat(100_000) }, 'USER_SRP_AUTH')],
    ['a refresh token', 'InitiateAuth', () => signIn({ REFRESH_TOKEN: long }, 'REFRESH_TOKEN_AUTH')],
    ['a refresh token of dots', 'InitiateAuth', () => signIn({ REFRESH_TOKEN: '.'.repeat(100_000) }, 'REFRESH_TOKEN_AUTH')],
    ['a refresh token', 'GetTokensFromRefreshToken', () => ({ ClientId: pool.ClientId, RefreshToken: long })],
    ['an access token', 'GetUser', () => ({ AccessToken: long })],
    ['an access token of dots', 'GetUser', () => ({ AccessToken: `${'a.'.repeat(50_000)}a` })],
    ['a secret block', 'RespondToAuthChallenge', () => respond({ ...claim, PASSWORD_CLAIM_SECRET_BLOCK: long })],
    ['a signature', 'RespondToAuthChallenge', () => respond({ ...claim, PASSWORD_CLAIM_SIGNATURE: long })],
    ['a timestamp', 'RespondToAuthChallenge', () => respond({ ...claim, TIMESTAMP: `Thu Jan 15 ${'1'.repeat(100_000)}` })],
    ['a session', 'RespondToAuthChallenge', () => respond(claim, { Session: long, ChallengeName: 'NEW_PASSWORD_REQUIRED' })],
    [
      'a session of the right size',
      'RespondToAuthChallenge',
      () => respond(claim, { Session: `AYAB${'A'.repeat(2000)}`, ChallengeName: 'NEW_PASSWORD_REQUIRED' }),
    ],
    ['a code', 'ConfirmSignUp', () => ({ ClientId: pool.ClientId, Username: 'ana', ConfirmationCode: long })],
    ['a user name to sign up', 'SignUp', () => ({ ClientId: pool.ClientId, Username: long, Password: password })],
    ['a password to sign up', 'SignUp', () => ({ ClientId: pool.ClientId, Username: 'new', Password: `Aa1!${long}` })],
    [
      'an attribute',
      'SignUp',
      () => ({ ClientId: pool.ClientId, Username: 'new', Password: password, UserAttributes: [{ Name: 'name', Value: long }] }),
    ],
    [
      'an address',
      'SignUp',
      () => ({
        ClientId: pool.ClientId,
        Username: 'new',
        Password: password,
        UserAttributes: [{ Name: 'email', Value: `${long}@example.org` }],
      }),
    ],
    [
      'an attribute’s name',
      'SignUp',
      () => ({ ClientId: pool.ClientId, Username: 'new', Password: password, UserAttributes: [{ Name: long, Value: 'x' }] }),
    ],
  ])('is refused cheaply: %s in %s', async (_, operation, input) => {
    await refusedCheaply(() => postTo(redispatch(server), operation, input()))
  })

  const claim = {
    USERNAME: 'ana',
    PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA',
    PASSWORD_CLAIM_SIGNATURE: 'AAAA',
    TIMESTAMP: 'Thu Jan 15 12:00:00 UTC 2026',
  }

  it.each(['a filter', 'a page token', 'a limit'])('is refused cheaply: %s in ListUsers', async (name) => {
    const headers = {
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00',
      'x-amz-date': '20260115T120000Z',
    }
    const input = {
      'a filter': { Filter: `name = "${'\\"'.repeat(50_000)}"` },
      'a page token': { PaginationToken: long },
      'a limit': { Limit: 1e300 },
    }[name]
    await refusedCheaply(() => postTo(redispatch(server), 'ListUsers', { UserPoolId: pool.UserPoolId, ...input }, headers))
  })
})
