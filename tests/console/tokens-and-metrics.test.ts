import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { failureLines, latencyLines, quantile, requestLines } from '../../console/src/pages/metrics/charted.ts'
import { stepsOf } from '../../console/src/pages/metrics/history.ts'
import { parseMetrics } from '../../console/src/pages/metrics/parse-metrics.ts'
import { checkSignature, isUnsigned, poolOfIssuer } from '../../console/src/pages/tokens/check-signature.ts'
import { claimMoment, claimNote, timeLeft } from '../../console/src/pages/tokens/claim-note.ts'
import { decodeToken } from '../../console/src/pages/tokens/decode-token.ts'
import { tokensIn } from '../../console/src/pages/tokens/tokens-in.ts'
import { systemClock } from '../../src/clock.ts'
import { createMetrics } from '../../src/server/metrics.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }
const sign = (header: object, claims: object) => {
  const signed = `${part(header)}.${part(claims)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`
}
const token = sign({ alg: 'RS256', kid: 'k1' }, { sub: 'Ädä', exp: 2000000000 })
const signed = (text: string) => {
  const decoded = decodeToken(text)
  if (decoded.kind !== 'signed') throw new Error(decoded.kind)
  return decoded
}

describe('decodeToken', () => {
  it.each([token, ` Bearer ${token}\n`, `Authorization: bearer ${token}`, `"${token}"`, token.replace(/.{64}/g, '$&\n')])(
    'reads what was pasted',
    (text) => {
      expect(signed(text)).toMatchObject({ header: { kid: 'k1' }, claims: { sub: 'Ädä', exp: 2000000000 } })
    },
  )

  it('tells that only the server opens an encrypted one', () => {
    expect(decodeToken(`${part({ enc: 'A256GCM', alg: 'RSA-OAEP' })}.a.b.c.d`)).toEqual({
      kind: 'encrypted',
      header: { enc: 'A256GCM', alg: 'RSA-OAEP' },
    })
  })

  it.each(['', 'a', 'a.b', 'a.b.c', `${part([])}.${part({})}.x`, `${part({})}.${part('x')}.x`, `${part({})}.${part({})}.?`, 'ü.b.c'])(
    'says what is wrong with %j',
    (text) => {
      expect(decodeToken(text)).toMatchObject({ kind: 'no token', fault: expect.stringMatching(/\.$/) })
    },
  )
})

describe('tokensIn', () => {
  const refresh = `${part({ enc: 'A256GCM', alg: 'RSA-OAEP' })}.a.b.c.d`

  it.each([
    [{ access_token: token, token_type: 'Bearer', expires_in: 3600 }, [{ name: 'access_token', text: token }]],
    [
      { AuthenticationResult: { IdToken: token, RefreshToken: refresh, ExpiresIn: 3600 }, ChallengeParameters: {} },
      [
        { name: 'IdToken', text: token },
        { name: 'RefreshToken', text: refresh },
      ],
    ],
    [{ tokens: [token] }, [{ name: 'tokens', text: token }]],
    [token, [{ text: token }]],
  ])('takes them out of an answer', (answer, found) => {
    expect(tokensIn(JSON.stringify(answer, null, 2))).toEqual(found)
  })

  it.each([token, `Bearer ${token}`, '{"version":"1.2.3"}', 'null', 'no token'])('leaves %s as it is', (text) => {
    expect(tokensIn(text)).toEqual([{ text }])
  })
})

describe('checkSignature', () => {
  it('knows the key’s own signatures from all others', async () => {
    expect(await checkSignature(signed(token), [key])).toBe('valid')
    const [head = '', , tail = ''] = token.split('.')
    expect(await checkSignature(signed(`${head}.${part({ sub: 'Eve' })}.${tail}`), [key])).toBe('invalid')
    expect(await checkSignature(signed(token), [{ ...key, kid: 'k2' }])).toBe('unknown key')
    expect(await checkSignature(signed(token), [])).toBe('unknown key')
  })

  it('takes no token that chooses another algorithm', async () => {
    for (const alg of ['HS256', undefined]) {
      expect(await checkSignature(signed(`${part({ alg, kid: 'k1' })}.${part({})}.c2ln`), [key])).toBe('other algorithm')
    }
  })

  it('knows one that anybody could have written', async () => {
    for (const alg of ['none', 'None', 'RS256']) {
      expect(await checkSignature(signed(`${part({ alg, kid: 'k1' })}.${part({})}.`), [key])).toBe('unsigned')
    }
    expect(isUnsigned(signed(`${part({ alg: 'none' })}.${part({})}.c2ln`))).toBe(true)
    expect(isUnsigned(signed(token))).toBe(false)
  })

  it('finds the pool that an issuer names', () => {
    expect(poolOfIssuer('http://localhost:9339/us-east-1_AbC')).toBe('us-east-1_AbC')
    for (const issuer of ['https://accounts.example/', 'https://x/eu', undefined, 7]) expect(poolOfIssuer(issuer)).toBeUndefined()
  })
})

describe('claims', () => {
  it('are explained, and their times read', () => {
    expect(claimNote('token_use')).toContain('access')
    expect(claimNote('custom:tenant')).not.toBe('')
    expect(claimNote('unheard_of')).toBe('')
    expect(claimMoment('exp', 7)).toBe(7000)
    expect([claimMoment('sub', 7), claimMoment('exp', '7'), claimMoment('exp', 1e300)]).toEqual([undefined, undefined, undefined])
  })

  it.each([
    [59_000, '59 s left'],
    [3_599_000, '59 min 59 s left'],
    [7_260_000, '2 h 1 min left'],
    [90_000_000, '1 d 1 h left'],
    [-61_000, 'ended 1 min 1 s ago'],
    [0, 'ended 0 s ago'],
  ])('count down (%d ms)', (left, text) => {
    expect(timeLeft(1_000_000 + left, 1_000_000)).toBe(text)
  })
})

describe('metrics', () => {
  const minute = 60_000

  it('are read as the server writes them', () => {
    const metrics = createMetrics(systemClock)
    metrics.count('throttles', { category: 'a"b\\c\nd}' })
    metrics.observe(0.03)
    const samples = parseMetrics(metrics.text())
    expect(samples[0]).toEqual({ name: 'poolhouse_throttled_requests_total', labels: { category: 'a"b\\c\nd}' }, value: 1 })
    expect(samples.at(-1)).toEqual({ name: 'poolhouse_api_request_duration_seconds_count', labels: {}, value: 1 })
    expect(parseMetrics('no metrics\n<html>')).toEqual([])
  })

  const request = (outcome: string, count: number) => `poolhouse_requests_total{operation="InitiateAuth",outcome="${outcome}"} ${count}\n`

  it('are shown for every minute of the hour, the quiet ones too', () => {
    const now = 100 * minute + 5
    const told = [
      { at: 99 * minute, growth: request('ok', 2) + request('NotAuthorizedException', 1) },
      { at: 101 * minute, growth: request('ok', 3) },
    ]
    const steps = stepsOf(told, 'hour', now)
    expect([steps.length, steps[0]?.at, steps.at(-1)?.at]).toEqual([60, 42 * minute, 101 * minute])
    const values = requestLines(steps, 'signIns').map(({ points }) => points.slice(-4).map(({ value }) => value))
    expect(values).toEqual([
      [0, 2, 0, 3],
      [0, 1, 0, 0],
    ])
    expect(failureLines(steps).map(({ title }) => title)).toEqual(['NotAuthorizedException'])
    // The server's clock may go ahead of the browser's.
    expect(stepsOf(told, 'hour', now - 10 * minute).at(-1)?.at).toBe(101 * minute)
    expect(stepsOf([], 'day', now)).toHaveLength(144)
  })

  it('tell how long answers took from the buckets', () => {
    const metrics = createMetrics(systemClock)
    for (let at = 0; at < 98; at++) metrics.observe(0.004)
    for (const seconds of [0.2, 60]) metrics.observe(seconds)
    const step = stepsOf(metrics.history.steps('hour'), 'hour', systemClock.now()).findLast(({ growth }) => growth.length > 0)
    expect([0.5, 0.95, 0.99, 1].map((q) => step && quantile(step, q))).toEqual([5, 5, 250, 5000])
    expect(latencyLines([{ at: 0, growth: [] }]).map(({ title, points }) => [title, points[0]?.value])).toEqual([
      ['p50', undefined],
      ['p95', undefined],
      ['p99', undefined],
    ])
  })
})
