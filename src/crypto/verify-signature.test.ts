import { createHash } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRequest, type SignedRequest } from './canonical-request.ts'
import { parseAuthorization, type Sigv4Authorization } from './parse-authorization.ts'
import { signRequest } from './sign-request.ts'
import { createSigningKeyCache, signature, verifySignature } from './verify-signature.ts'

const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secretKey }
const scope = { region: 'eu-west-1', service: 'cognito-idp' }
const now = Date.UTC(2026, 10, 21, 11, 0, 0)
const mismatch = {
  fault: 'InvalidSignatureException',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
}

const unsigned: SignedRequest & { headers: Record<string, string> } = {
  method: 'POST',
  path: '/',
  query: '',
  headers: {
    host: 'localhost:9339',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers',
    'user-agent': 'test',
  },
  body: Buffer.from('{"UserPoolId":"eu-west-1_AbCdEf123"}'),
}

/** The official signer's headers for a request. */
const officially = async (request: SignedRequest & { headers: Record<string, string> }, at = now, options = {}) => {
  const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256, ...options })
  const query = Object.groupBy([...new URLSearchParams(request.query)], ([name]) => name)
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: 'localhost',
      path: request.path,
      query: Object.fromEntries(Object.entries(query).map(([name, pairs = []]) => [name, pairs.map(([, value]) => value)])),
      headers: request.headers,
      body: request.body,
    },
    { signingDate: new Date(at) },
  )
  return signed.headers
}

const parsed = (header: string | undefined): Sigv4Authorization => {
  const result = parseAuthorization(header ?? '')
  if ('fault' in result) throw new Error(result.message)
  return result
}

const check = (request: SignedRequest, at = now, expected = {}, secret = secretKey) =>
  verifySignature(parsed(String(request.headers['authorization'])), request, secret, at, { ...scope, ...expected })

const signedHere = (request = unsigned, at = now, where = scope): typeof unsigned => ({
  ...request,
  headers: signRequest(request, { accessKeyId: 'AKIDEXAMPLE', secretKey }, where, at),
})

describe('the signature of the IAM guide', () => {
  // The "get-vanilla-query-order-key-case" and derived-key examples of AWS's published test suite.
  const request: SignedRequest = {
    method: 'GET',
    path: '/',
    query: 'Param2=value2&Param1=value1',
    headers: { Host: 'example.amazonaws.com', 'X-Amz-Date': '20150830T123600Z' },
    body: new Uint8Array(),
  }

  it('is computed from the published canonical request', () => {
    const canonical = canonicalRequest(request, ['host', 'x-amz-date'])
    const hash = createHash('sha256').update(canonical).digest('hex')
    expect(hash).toBe('816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0')
    const where = { date: '20150830', region: 'us-east-1', service: 'service' }
    const expected = 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'
    expect(signature(secretKey, where, '20150830T123600Z', canonical)).toBe(expected)
    expect(signature(secretKey, where, '20150830T123600Z', canonical, createSigningKeyCache(1))).toBe(expected)
  })
})

describe('against the official signer', () => {
  it('verifies what it signs', async () => {
    const headers = await officially(unsigned)
    expect(headers['x-amz-content-sha256']).toBeDefined()
    expect(check({ ...unsigned, headers })).toBeUndefined()
    expect(check({ ...unsigned, headers }, now, { cache: createSigningKeyCache(2) })).toBeUndefined()
  })

  it('signs the same, when the same headers are signed', async () => {
    const { 'user-agent': _, ...headers } = unsigned.headers
    const theirs = await officially({ ...unsigned, headers }, now, { applyChecksum: false })
    expect(signRequest({ ...unsigned, headers }, { accessKeyId: 'AKIDEXAMPLE', secretKey }, scope, now)['authorization']).toBe(
      theirs['authorization'],
    )
  })

  it('agrees on paths, queries and folded headers', async () => {
    const odd = {
      ...unsigned,
      method: 'GET',
      path: '/a%20b/./c//d/../e~!*()/',
      query: "b=2&a=z&a=b%2Fc&%C3%A4=%2B&empty=&c=(x)'y",
      headers: { ...unsigned.headers, 'x-amz-note': '  two   spaces ' },
      body: new Uint8Array(),
    }
    const headers = await officially(odd)
    expect(check({ ...odd, headers })).toBeUndefined()
    expect(check({ ...odd, path: '/', headers })).toEqual(mismatch)
    expect(check({ ...odd, query: 'a=z', headers })).toEqual(mismatch)
  })

  it('agrees on any query and body', async () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' })), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(pairs, fc.uint8Array(), async (query, body) => {
        // A name of an object's prototype upsets the official signer's own table.
        fc.pre(query.every(([name]) => !(name in {})))
        const escaped = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
        const request = { ...unsigned, query: escaped, body: Buffer.from(body) }
        expect(check({ ...request, headers: await officially(request) })).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })
})

describe('verifySignature', () => {
  it('refuses another secret, body, method, signed header or signature', () => {
    const request = signedHere()
    const header = (name: string, value: string) => ({ ...request, headers: { ...request.headers, [name]: value } })
    expect(check(request)).toBeUndefined()
    expect(check(request, now, {}, `${secretKey}x`)).toEqual(mismatch)
    expect(check({ ...request, body: Buffer.from('{}') })).toEqual(mismatch)
    expect(check({ ...request, method: 'PUT' })).toEqual(mismatch)
    expect(check(header('x-amz-target', 'AWSCognitoIdentityProviderService.DeleteUserPool'))).toEqual(mismatch)
    expect(check(header('host', 'other'))).toEqual(mismatch)
    expect(check(header('user-agent', 'unsigned, so free to change'))).toBeUndefined()
    const claim = parsed(request.headers['authorization'])
    for (const claimed of ['', 'x', claim.signature.slice(1), claim.signature.toUpperCase(), `${claim.signature}0`]) {
      expect(verifySignature({ ...claim, signature: claimed }, request, secretKey, now)).toEqual(mismatch)
    }
  })

  it('does not find a signed header that was not sent', () => {
    const { 'content-type': _, ...headers } = signedHere().headers
    expect(check({ ...unsigned, headers })).toEqual(mismatch)
  })

  it('takes a header sent twice for one joined by a comma', () => {
    const request = signedHere({ ...unsigned, headers: { ...unsigned.headers, 'x-amz-list': 'b,a' } })
    expect(check({ ...request, headers: { ...request.headers, 'x-amz-list': [' b', 'a '] } })).toBeUndefined()
  })

  it('compares X-Amz-Content-Sha256 with the body when it is signed', () => {
    const hash = createHash('sha256').update(unsigned.body).digest('hex')
    for (const [value, fault] of [
      [hash, undefined],
      ['UNSIGNED-PAYLOAD', mismatch],
      [createHash('sha256').digest('hex'), mismatch],
    ] as const) {
      expect(check(signedHere({ ...unsigned, headers: { ...unsigned.headers, 'x-amz-content-sha256': value } }))).toEqual(fault)
    }
  })

  it('wants Host to be signed', () => {
    const { host: _, ...headers } = unsigned.headers
    expect(check(signedHere({ ...unsigned, headers }))).toEqual({
      fault: 'InvalidSignatureException',
      message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    })
  })

  it('tolerates five minutes of skew and no more', () => {
    const at = (minutes: number) => now + minutes * 60_000
    expect(check(signedHere(unsigned, at(-5)))).toBeUndefined()
    expect(check(signedHere(unsigned, at(5)))).toBeUndefined()
    expect(check(signedHere(unsigned, at(-10)))?.message).toBe(
      'Signature expired: 20261121T105000Z is now earlier than 20261121T105500Z (20261121T110000Z - 5 min.)',
    )
    expect(check(signedHere(unsigned, at(6)))?.message).toBe(
      'Signature not yet current: 20261121T110600Z is still later than 20261121T110500Z (20261121T110000Z + 5 min.)',
    )
  })

  it('wants the expected region, service and day', () => {
    const elsewhere = signedHere(unsigned, now, { region: 'us-east-1', service: 'iam' })
    expect(check(elsewhere)?.message).toBe(
      "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'cognito-idp'. ",
    )
    expect(check(elsewhere, now, { region: undefined, service: undefined })).toBeUndefined()
    const request = signedHere()
    const claim = parsed(request.headers['authorization'])
    expect(verifySignature({ ...claim, date: '20261120' }, request, secretKey, now, scope)?.message).toBe(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261120' != '20261121', from '20261121T110000Z'.",
    )
  })

  it('reads the Date header when there is no X-Amz-Date', () => {
    const headers = { ...unsigned.headers, date: 'Sat, 21 Nov 2026 11:00:00 GMT' }
    const names = ['content-type', 'date', 'host', 'x-amz-target']
    const value = signature(
      secretKey,
      { ...scope, date: '20261121' },
      '20261121T110000Z',
      canonicalRequest({ ...unsigned, headers }, names),
    )
    const claim = { accessKeyId: 'AKIDEXAMPLE', ...scope, date: '20261121', signedHeaders: names, signature: value }
    expect(verifySignature(claim, { ...unsigned, headers }, secretKey, now, scope)).toBeUndefined()
  })

  it('refuses a signature that leaves out the operation', () => {
    const names = ['content-type', 'host', 'x-amz-date']
    const { headers } = signedHere()
    const value = signature(
      secretKey,
      { ...scope, date: '20261121' },
      '20261121T110000Z',
      canonicalRequest({ ...unsigned, headers }, names),
    )
    const claim = { accessKeyId: 'AKIDEXAMPLE', ...scope, date: '20261121', signedHeaders: names, signature: value }
    expect(verifySignature(claim, { ...unsigned, headers }, secretKey, now, scope)).toEqual({
      fault: 'InvalidSignatureException',
      message: "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
    })
  })

  it('never throws, whatever was parsed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        parseAuthorization(text)
        const claim = parseAuthorization(
          `AWS4-HMAC-SHA256 Credential=${text}/d/r/s/aws4_request, SignedHeaders=host;${other}, Signature=${text}`,
        )
        const request = { ...unsigned, path: text, query: other, headers: { host: other, 'x-amz-date': '20261121T110000Z' } }
        if (!('fault' in claim)) expect(verifySignature(claim, request, secretKey, now)).toBeDefined()
      }),
    )
  })

  it('complains of a missing or unreadable date', () => {
    const { 'x-amz-date': _, ...headers } = signedHere().headers
    expect(check({ ...unsigned, headers })).toEqual({
      fault: 'IncompleteSignatureException',
      message: "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    })
    for (const date of ['2026-11-21T11:00:00Z', '20261131T110000Z', '20261121T250000Z', 'now', '1', 'Fri, 21 Nov 2026 11:00:00 GMT']) {
      expect(check({ ...unsigned, headers: { ...headers, 'x-amz-date': date } })).toEqual({
        fault: 'IncompleteSignatureException',
        message: `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      })
    }
  })
})

describe('createSigningKeyCache', () => {
  const scopeOf = (date: string) => ({ ...scope, date })

  it('keeps the keys used last and tells secrets, days, regions and services apart', () => {
    const cache = createSigningKeyCache(2)
    const first = cache.signingKey(secretKey, scopeOf('20261121'))
    const second = cache.signingKey(secretKey, scopeOf('20261122'))
    expect(cache.signingKey(secretKey, scopeOf('20261121'))).toBe(first)
    cache.signingKey(secretKey, scopeOf('20261123'))
    expect(cache.signingKey(secretKey, scopeOf('20261121'))).toBe(first)
    expect(cache.signingKey(secretKey, scopeOf('20261122'))).not.toBe(second)
    const keys = [
      first,
      cache.signingKey('other', scopeOf('20261121')),
      cache.signingKey(secretKey, { ...scopeOf('20261121'), region: 'us-east-1' }),
      cache.signingKey(secretKey, { ...scopeOf('20261121'), service: 'iam' }),
    ]
    expect(new Set(keys.map((key) => key.export().toString('hex'))).size).toBe(keys.length)
  })
})
