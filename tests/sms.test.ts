import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDispatcher } from '../src/api/dispatch.ts'
import { createAdjustableClock } from '../src/clock.ts'
import { type OpenedServices, openServices } from '../src/open-services.ts'
import { operations } from '../src/operations/index.ts'
import { systemRandom } from '../src/random.ts'
import { type Calls, callsThrough, createHarness, type Harness, testRegion } from './support/harness.ts'
import { password } from './support/make-user.ts'

const secret = 'a secret of the operator'

/** What a receiver does, as docs/sms.md says. */
const verified = (headers: Readonly<Record<string, unknown>>, body: string): boolean => {
  const { 'poolhouse-timestamp': timestamp, 'poolhouse-request-id': id, 'poolhouse-signature': signature } = headers
  const expected = `v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest('hex')}`
  const given = Buffer.from(String(signature))
  return (
    given.length === expected.length &&
    timingSafeEqual(given, Buffer.from(expected)) &&
    Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
  )
}

let receiver: Server
let harness: Harness
let services: OpenedServices
let calls: Calls
let ClientId: string
let UserPoolId: string
let taken: Record<string, unknown>[]
let status: number

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const good = verified(request.headers, body)
      if (good) taken.push(JSON.parse(body))
      response.writeHead(good ? status : 401).end('{"secret":"of the receiver"}')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  harness = await createHarness()
  services = await openServices({
    dataDir: ':memory:',
    masterKeys: async () => [Buffer.alloc(32, 'a test master key, not a secret.')],
    policy: harness.policy,
    clock: createAdjustableClock(),
    random: systemRandom,
    compute: 'inline',
    smtp: { url: 'smtp://127.0.0.1:1', from: 'id@example.org' },
    sms: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret },
  })
  const settings = { auth: 'any', defaultRegion: testRegion, idsChosenBy: 'everybody', strictErrors: true } as const
  calls = callsThrough(createDispatcher({ services, operations, settings }))
  const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }
  UserPoolId = (await calls.ok('CreateUserPool', { PoolName: 'pool', AutoVerifiedAttributes: ['phone_number'], SmsConfiguration })).UserPool
    .Id
  ClientId = (await calls.ok('CreateUserPoolClient', { UserPoolId, ClientName: 'app' })).UserPoolClient.ClientId
})
afterAll(async () => {
  await services.close()
  await harness.close()
  await new Promise<void>((resolve) => receiver.close(() => resolve()))
})
beforeEach(() => {
  taken = []
  status = 202
})

const signUp = (Username: string, phone: string) =>
  calls.call(
    'SignUp',
    { ClientId, Username, Password: password, UserAttributes: [{ Name: 'phone_number', Value: phone }] },
    { unsigned: true },
  )

describe('SMS by a webhook', () => {
  it('brings the code of a sign-up to whoever sends it', async () => {
    expect((await signUp('ana', '+15555550101')).body.CodeDeliveryDetails).toMatchObject({ DeliveryMedium: 'SMS' })
    expect(taken).toEqual([
      {
        id: expect.any(String),
        to: '+15555550101',
        body: expect.stringContaining(String(taken[0]?.['code'])),
        code: expect.stringMatching(/^\d{6}$/),
        kind: 'SignUp',
        userPoolId: UserPoolId,
        clientId: ClientId,
        sentAt: expect.any(Number),
      },
    ])
    await calls.ok('ConfirmSignUp', { ClientId, Username: 'ana', ConfirmationCode: taken[0]?.['code'] }, { unsigned: true })
  })

  it('answers CodeDeliveryFailureException where nobody takes the message, and nothing of what the receiver said (must-not-happen 20)', async () => {
    status = 500
    const { body } = await signUp('ben', '+15555550102')
    expect([body.__type, body.message]).toEqual(['CodeDeliveryFailureException', 'The message could not be delivered.'])
    expect(new Set(taken.map(({ id }) => id)).size).toBe(1)
    expect(taken).toHaveLength(3)
  })
})
