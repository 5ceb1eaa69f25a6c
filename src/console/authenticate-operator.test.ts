import { describe, expect, it } from 'vitest'
import { authenticateOperator } from './authenticate-operator.ts'
import { everybodyIsOperator } from './operator.ts'

const request = (headers: Readonly<Record<string, string>>) => ({
  method: 'POST',
  path: '/',
  query: '',
  headers,
  body: new Uint8Array(),
  remoteAddress: '127.0.0.1',
})
const operation = { auth: 'sigv4' } as const

describe('authenticateOperator', () => {
  const any = authenticateOperator(everybodyIsOperator, { served: undefined, default: 'us-east-1' })
  const two = authenticateOperator(everybodyIsOperator, { served: ['eu-west-1', 'us-east-1'], default: 'us-east-1' })

  it('takes the region that the call names, or the default one', async () => {
    expect(await any(request({}), operation)).toEqual({ actor: 'console', policies: undefined, region: 'us-east-1' })
    expect(await any(request({ 'x-poolhouse-region': 'eu-central-1' }), operation)).toMatchObject({ region: 'eu-central-1' })
    expect(await two(request({ 'x-poolhouse-region': 'eu-west-1' }), operation)).toMatchObject({ region: 'eu-west-1' })
  })

  it.each([
    [two, 'eu-central-1'],
    [any, 'eu west'],
    [any, ''],
    [any, 'x'.repeat(33)],
    [any, 'eu_west/1'],
  ])('refuses regions that the server does not answer for', async (authenticate, region) => {
    await expect(authenticate(request({ 'x-poolhouse-region': region }), operation)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('refuses whoever is not signed in, also where nothing has to be signed, and never looks at signatures', async () => {
    const nobody = authenticateOperator(async () => undefined, { served: undefined, default: 'us-east-1' })
    const signed = request({
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/us-east-1/cognito-idp/aws4_request',
    })
    for (const auth of ['sigv4', 'none'] as const) {
      await expect(nobody(signed, { auth } as never)).rejects.toMatchObject({ code: 'MissingAuthenticationTokenException' })
    }
  })

  it('passes the operator’s policies on', async () => {
    const policies = [{ statements: [] }]
    const bounded = authenticateOperator(async () => ({ actor: 'ada', policies }), { served: undefined, default: 'us-east-1' })
    expect(await bounded(request({}), operation)).toMatchObject({ actor: 'ada', policies })
  })
})
