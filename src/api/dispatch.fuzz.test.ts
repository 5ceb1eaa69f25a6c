import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { operationNamed, operationNames, type Shape, type StructureShape } from '../model/model.ts'
import { operations } from '../operations/index.ts'
import type { ApiReply } from './api-request.ts'

// The whole program stands behind these: whatever anybody sends, the answer is AWS-shaped and no fault of the server's.

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())

const signature = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260115/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`

const expectRefusalOrAnswer = (reply: ApiReply, request: unknown): void => {
  const asked = () => `${JSON.stringify(request)?.slice(0, 2000)} -> ${reply.body}`
  expect(reply.status, asked()).toBeLessThan(500)
  for (const header of Object.values(reply.headers)) expect(header).toMatch(/^[\x20-\x7e]*$/)
  if (reply.status === 200) return
  const body = JSON.parse(reply.body) as Record<string, unknown>
  expect(
    ['__type', 'code', 'Output'].some((name) => name in body),
    asked(),
  ).toBe(true)
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:\d|SELECT |INSERT /)
}

it('must-not-happen 25: any headers and any bytes', async () => {
  const target = fc.oneof(
    fc.string(),
    fc.constantFrom(...operationNames).map((name) => `AWSCognitoIdentityProviderService.${name}`),
  )
  const headers = fc.record(
    {
      'x-amz-target': target,
      'content-type': fc.oneof(fc.string(), fc.constant('application/x-amz-json-1.1')),
      authorization: fc.oneof(
        fc.string(),
        fc.constant(signature),
        fc.string().map((text) => `AWS4-HMAC-SHA256 ${text}`),
      ),
      host: fc.string(),
      'x-amz-date': fc.string(),
      'x-amz-security-token': fc.string(),
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(headers, body, async (given, bytes) => {
      expectRefusalOrAnswer(await harness.post(given, bytes), { given, body: Buffer.from(bytes).toString() })
    }),
    { numRuns: 1000 },
  )
})

/** Values of the shape's JSON type, now and then another's; strings from every script with controls in between. */
const jsonOf = (shape: Shape): fc.Arbitrary<unknown> => {
  switch (shape.type) {
    case 'structure': {
      const [required, optional] = [[...shape.required], [...shape.members.keys()].filter((name) => !shape.required.has(name))]
      const members = fc.subarray(optional, { maxLength: Math.min(3, optional.length) }).map((some) => [...required, ...some])
      return members.chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, maybeWrong(jsonOf(shapeOf(shape, name)))]))))
    }
    case 'list':
      return fc.array(maybeWrong(jsonOf(shape.member)), { maxLength: 3 })
    case 'map':
      return fc.dictionary(
        fc.oneof(fc.constantFrom('USERNAME', 'PASSWORD', 'SRP_A', 'REFRESH_TOKEN', '__proto__'), fc.string()),
        maybeWrong(jsonOf(shape.value)),
        {
          maxKeys: 3,
        },
      )
    case 'string': {
      if (shape.values !== undefined) return fc.constantFrom(...shape.values)
      const { min = 0, max = Infinity, pattern } = shape
      const fitting = likely.filter((text) => text.length >= min && text.length <= max && (pattern?.regExp.test(text) ?? true))
      const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 8, maxLength: 60 }))
      return fitting.length === 0 ? anything : fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fitting) }, anything)
    }
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'long':
      return fc.oneof({ weight: 10, arbitrary: fc.integer({ min: shape.min ?? 0, max: Math.min(shape.max ?? 100, 100) }) }, fc.integer())
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}
const shapeOf = (shape: StructureShape, name: string): Shape => {
  const member = shape.members.get(name)
  if (member === undefined) throw new Error(`${shape.name} has no ${name}`)
  return member
}
const maybeWrong = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
const likely = [
  '',
  'us-east-1_abcdefghi',
  'abcdefghijklmnopqrstuvwxyz',
  'ana',
  'ana@example.org',
  '+15555550100',
  'email',
  'Passw0rd!',
  'eyJhbGciOiJSUzI1NiJ9.e30.AAAA',
  '../..',
  "' OR 1=1 --",
  'İı',
  'a\u202eb',
]

it('must-not-happen 25: any input of the right form, for every operation', async () => {
  const { UserPool } = await harness.ok('CreateUserPool', { PoolName: 'fuzzed', AutoVerifiedAttributes: ['email'] })
  const { UserPoolClient } = await harness.ok('CreateUserPoolClient', {
    UserPoolId: UserPool.Id,
    ClientName: 'fuzzed',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })
  await harness.ok('AdminCreateUser', { UserPoolId: UserPool.Id, Username: 'ana', MessageAction: 'SUPPRESS' })
  // Deleting the pool or its client would make the rest of the run about nothing.
  const names = operationNames.filter((name) => name in operations && !/^(DeleteUserPool|DeleteUserPoolClient)$/.test(name))
  const calls = fc.constantFrom(...names).chain((name) => {
    const shape = operationNamed(name)?.input
    return fc.tuple(fc.constant(name), shape === undefined ? fc.constant({}) : jsonOf(shape))
  })
  await fc.assert(
    fc.asyncProperty(calls, fc.boolean(), async ([name, input], real) => {
      const known = { UserPoolId: UserPool.Id, ClientId: UserPoolClient.ClientId, ResourceArn: UserPool.Arn }
      const members = operationNamed(name)?.input.members
      const body = {
        ...(input as object),
        ...(real && Object.fromEntries(Object.entries(known).filter(([member]) => members?.has(member)))),
      }
      const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${name}`, authorization: signature }
      expectRefusalOrAnswer(await harness.post(headers, JSON.stringify(body)), { name, body })
    }),
    { numRuns: 1500 },
  )
}, 60_000)
