import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpFunction, type Received, startHttpFunction } from '../support/http-function.ts'
import { functionArn, lambdaCredentials, openTriggers, signUpEvent, type TestTriggers } from '../support/open-triggers.ts'

let endpoint: HttpFunction | undefined
let triggers: TestTriggers | undefined

afterEach(async () => {
  await triggers?.close()
  await endpoint?.close()
})

const calling = async (answer: Parameters<typeof startHttpFunction>[0], { name = 'fn', path = '' } = {}) => {
  endpoint = await startHttpFunction(answer)
  triggers = await openTriggers({ [name]: `lambda:${endpoint.url}${path}` }, { limit: 300 })
  return { endpoint, outcome: await triggers.invoke(functionArn(name), signUpEvent) }
}

/** Whether AWS's own signer would have signed the request in the same way. */
const isGenuine = async ({ method, path, headers, body }: Received): Promise<boolean> => {
  const { authorization, 'x-amz-date': date = '', 'x-amz-security-token': _token, connection: _connection, ...unsigned } = headers
  const { accessKeyId, secretKey: secretAccessKey, sessionToken } = lambdaCredentials
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  const signer = new SignatureV4({ service: 'lambda', region: 'us-east-1', credentials, sha256: Sha256, applyChecksum: false })
  const [hostname = '', port] = headers['host']?.split(':') ?? []
  const { 'content-length': _length, ...kept } = unsigned
  const request = { method, protocol: 'http:', hostname, port: Number(port), path, query: {}, headers: kept, body }
  const signingDate = new Date(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  const signed = await signer.sign(request, { signingDate })
  return authorization === signed.headers['authorization'] && Math.abs(Date.now() - signingDate.getTime()) < 60_000
}

describe('a function behind the Lambda API', () => {
  it('is invoked by its ARN, signed as AWS signs', async () => {
    const { outcome, endpoint } = await calling(async (request, reply) => {
      reply.writeHead((await isGenuine(request)) ? 200 : 403).end(request.body)
    })
    expect(outcome).toEqual({ kind: 'answered', answer: signUpEvent })
    const [request] = endpoint.received as [Received]
    expect(request).toMatchObject({
      method: 'POST',
      path: `/2015-03-31/functions/${encodeURIComponent(functionArn('fn'))}/invocations`,
      headers: { 'x-amz-invocation-type': 'RequestResponse', 'x-amz-security-token': lambdaCredentials.sessionToken },
    })
    expect(await isGenuine({ ...request, body: '{}' })).toBe(false)
  })

  it('is invoked by the name that the mapping gives it', async () => {
    const { endpoint } = await calling((request, reply) => void reply.end(request.body), { path: '/function' })
    expect(endpoint.received[0]?.path).toBe('/2015-03-31/functions/function/invocations')
  })

  it('may be an alias', async () => {
    const { outcome, endpoint } = await calling(
      async (request, reply) => void reply.writeHead((await isGenuine(request)) ? 200 : 403).end('{}'),
      {
        name: 'fn:live',
      },
    )
    expect(outcome).toEqual({ kind: 'answered', answer: {} })
    expect(endpoint.received[0]?.path).toContain(encodeURIComponent(':fn:live'))
  })

  it.each<[string, number, Record<string, string>, object]>([
    ['the header of Lambda', 200, { 'x-amz-function-error': 'Unhandled' }, { errorType: 'Error', errorMessage: 'go away', trace: [] }],
    ['a body of the emulator without the header', 200, {}, { errorType: 'Error', errorMessage: 'go away' }],
  ])('threw: %s', async (_, status, headers, body) => {
    const { outcome, endpoint } = await calling((_request, reply) => void reply.writeHead(status, headers).end(JSON.stringify(body)))
    expect(outcome).toEqual({ kind: 'threw', message: 'go away' })
    expect(endpoint.received.length).toBe(1)
  })

  it.each([
    [429, { Type: 'User', message: 'Rate exceeded' }],
    [500, { Type: 'Service', Message: 'The service failed' }],
    [404, { Type: 'User', Message: 'Function not found' }],
    [403, { message: 'The security token included in the request is invalid' }],
  ])('is not invocable when the API answers %i, and is called once', async (status, body) => {
    const { outcome, endpoint } = await calling((_request, reply) => void reply.writeHead(status).end(JSON.stringify(body)))
    expect(outcome).toEqual({ kind: 'not invocable', sentence: expect.stringContaining(`answered ${status}`) })
    expect(endpoint.received.length).toBe(1)
  })

  it('is invoked three times while it does not answer in time', async () => {
    const { outcome, endpoint } = await calling(() => {})
    expect(outcome).toEqual({ kind: 'not invocable', sentence: 'the function did not answer within 300 ms, 3 times', timedOut: true })
    expect(endpoint.received.length).toBe(3)
  })
})
