const target = 'AWSCognitoIdentityProviderService'

/** The bytes of a call of the JSON API, as an SDK sends them unsigned. */
export const apiRequest = (operation: string, input: object): Uint8Array => {
  const body = JSON.stringify(input)
  return request('POST /', { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${operation}` }, body)
}

// A development server takes any signature of an administrator's call.
const authorization = `AWS4-HMAC-SHA256 Credential=AKIABENCHBENCHBENCHB/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`

/** The bytes of an administrator's call. */
export const adminRequest = (operation: string, input: object): Uint8Array =>
  request(
    'POST /',
    {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${target}.${operation}`,
      authorization,
      'x-amz-date': '20260101T000000Z',
    },
    JSON.stringify(input),
  )

/** The bytes of any request with a JSON body. */
export const request = (line: string, headers: Readonly<Record<string, string>>, body: string): Uint8Array => {
  const fields = { host: 'localhost', accept: '*/*', 'content-length': String(Buffer.byteLength(body)), ...headers }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`)
}
