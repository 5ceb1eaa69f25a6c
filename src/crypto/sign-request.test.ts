import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, it } from 'vitest'
import { signRequest } from './sign-request.ts'

const at = Date.UTC(2026, 0, 15, 12)
const scope = { region: 'eu-west-1', service: 'lambda' }
const keys = { accessKeyId: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const path = `/2015-03-31/functions/${encodeURIComponent('arn:aws:lambda:eu-west-1:000000000000:function:a_b-c:live')}/invocations`
const headers = { host: 'lambda.eu-west-1.amazonaws.com', 'content-type': 'application/json', 'x-amz-invocation-type': 'RequestResponse' }

describe('signRequest', () => {
  it.each([undefined, 'a session token'])("signs as AWS's own signer (session token: %s)", async (sessionToken) => {
    const body = '{"key":"välue"}'
    const credentials = { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretKey, ...(sessionToken ? { sessionToken } : {}) }
    const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256, applyChecksum: false })
    const official = await signer.sign(
      { method: 'POST', protocol: 'https:', hostname: headers.host, path, query: {}, headers, body },
      { signingDate: new Date(at) },
    )
    const request = { method: 'POST', path, query: '', headers, body: Buffer.from(body) }
    expect(signRequest(request, { ...keys, sessionToken }, scope, at)).toEqual(official.headers)
  })
})
