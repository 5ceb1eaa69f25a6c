import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseAuthorization } from './parse-authorization.ts'

const scope = { region: 'eu-west-1', service: 'cognito-idp' }

describe('parseAuthorization', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64')
  const credential = 'Credential=AKIDEXAMPLE/20261121/eu-west-1/cognito-idp/aws4_request'

  it('reads the three parts, with or without white space', () => {
    const expected = { accessKeyId: 'AKIDEXAMPLE', date: '20261121', ...scope, signedHeaders: ['host', 'x-amz-date'], signature: 'ab' }
    expect(parseAuthorization(`AWS4-HMAC-SHA256 ${credential}, SignedHeaders=Host;X-Amz-Date, Signature=ab`)).toEqual(expected)
    expect(parseAuthorization(`AWS4-HMAC-SHA256 Signature=ab,${credential},SignedHeaders=host;x-amz-date`)).toEqual(expected)
  })

  it('names every part that is missing', () => {
    const all =
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
    const tail = (header: string) => `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash(header)}`
    for (const header of ['', 'AWS4-HMAC-SHA256', 'eyJhbGciOiJSUzI1NiJ9.e30.AA', `Bearer ${credential},SignedHeaders=host,Signature=ab`]) {
      expect(parseAuthorization(header)).toEqual({ fault: 'IncompleteSignatureException', message: all + tail(header) })
    }
    const header = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=`
    expect(parseAuthorization(header, '20261121T110000Z')).toEqual({
      fault: 'IncompleteSignatureException',
      message: `Authorization header requires 'Signature' parameter. ${tail(header)}`,
    })
  })

  it('does not echo a bearer token', () => {
    expect(parseAuthorization('Bearer eyJhbGciOi')).toEqual({
      fault: 'IncompleteSignatureException',
      message: `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash('Bearer eyJhbGciOi')}'.`,
    })
  })

  it('refuses other algorithms, credentials and repeated parts', () => {
    const rest = 'SignedHeaders=host, Signature=ab'
    expect(parseAuthorization(`AWS4-ECDSA-P256-SHA256 ${credential}, ${rest}`)).toEqual({
      fault: 'IncompleteSignatureException',
      message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ",
    })
    expect(parseAuthorization(`AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, ${rest}`)).toEqual({
      fault: 'IncompleteSignatureException',
      message: "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE'",
    })
    expect(parseAuthorization(`AWS4-HMAC-SHA256 Credential=a/b/c/d/aws5_request, ${rest}`)).toEqual({
      fault: 'InvalidSignatureException',
      message: "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
    })
    expect(parseAuthorization(`AWS4-HMAC-SHA256 ${credential}, ${rest}, Signature=cd`)).toHaveProperty(
      'fault',
      'IncompleteSignatureException',
    )
  })
})
