import { expect } from 'vitest'
import type { ApiReply } from '../../src/api/api-request.ts'
import { createDispatcher, type Dispatcher } from '../../src/api/dispatch.ts'
import { type AdjustableClock, createAdjustableClock } from '../../src/clock.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { type OpenedServices, openServices } from '../../src/open-services.ts'
import { operations } from '../../src/operations/index.ts'
import { systemRandom } from '../../src/random.ts'
import type { PostgresOptions } from '../../src/storage/open-postgres.ts'
import { functionTarget, type TriggerHandler } from '../../src/triggers/function-target.ts'
import { plainPolicy } from './plain-policy.ts'
import { testDatabase } from './test-database.ts'

/** What a call answered. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every operation
  readonly body: any
  readonly headers: Readonly<Record<string, string>>
}

/** How a call is made; by default like an SDK with made-up credentials, as `dev` accepts them. */
export interface CallOptions {
  readonly region?: string
  /** Leaves the Authorization header out. */
  readonly unsigned?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls of the API. */
export interface Calls {
  call<N extends OperationName>(operation: N, input: Input<N> | Record<string, unknown>, options?: CallOptions): Promise<Answer>
  /** The body; the test fails unless the status is 200. */
  ok<N extends OperationName>(operation: N, input: Input<N> | Record<string, unknown>, options?: CallOptions): Promise<Answer['body']>
  /** `[type, message]` of the refusal; the test fails when the call succeeds. */
  refused<N extends OperationName>(
    operation: N,
    input: Input<N> | Record<string, unknown>,
    options?: CallOptions,
  ): Promise<readonly [type: string, message: string]>
  /** Raw bytes through the dispatcher. */
  post(headers: Readonly<Record<string, string>>, body: string | Uint8Array): Promise<ApiReply>
}

/** The whole program behind its dispatcher, on an in-memory database, with a clock that only moves when told. */
export interface Harness extends OpenedServices, Calls {
  readonly clock: AdjustableClock
  /** The code in the newest message to a destination. */
  codeSentTo(destination: string): string
}

const start = Date.UTC(2026, 0, 15, 12)

/** The region of every call that names none. */
export const testRegion = 'us-east-1'

/** The key under which custom senders get their codes. */
export const testSenderKey = Buffer.alloc(32, 'a test sender key, no secret')

const madeUpAuthorization = (region: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260115/${region}/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`

/** Calls that go through the dispatcher. */
export const callsThrough = (dispatch: Dispatcher): Calls => {
  const post = (headers: Readonly<Record<string, string>>, body: string | Uint8Array) =>
    dispatch({
      method: 'POST',
      path: '/',
      query: '',
      headers: { host: 'localhost:9339', 'content-type': 'application/x-amz-json-1.1', ...headers },
      body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
      remoteAddress: '127.0.0.1',
    })
  const call: Calls['call'] = async (operation, input, { region = testRegion, unsigned = false, headers = {} } = {}) => {
    const reply = await post(
      {
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        'x-amz-date': '20260115T120000Z',
        ...(unsigned ? {} : { authorization: madeUpAuthorization(region) }),
        ...headers,
      },
      JSON.stringify(input),
    )
    return { status: reply.status, headers: reply.headers, body: reply.body === '' ? undefined : JSON.parse(reply.body) }
  }
  return {
    post,
    call,
    ok: async (operation, input, options) => {
      const answer = await call(operation, input, options)
      expect(answer, `${operation} answered ${JSON.stringify(answer.body)}`).toMatchObject({ status: 200 })
      return answer.body
    },
    refused: async (operation, input, options) => {
      const { status, body } = await call(operation, input, options)
      expect(status, `${operation} was expected to be refused`).toBe(400)
      return [body.__type, body.message]
    },
  }
}

/** Opens the program for one test file or one test, with the functions of its triggers by ARN, in memory unless told otherwise; call `close` when done. */
export const createHarness = async (
  policy: Partial<OpenedServices['policy']> = {},
  triggers: Readonly<Record<string, TriggerHandler>> = {},
  dataDir = ':memory:',
  database?: PostgresOptions,
): Promise<Harness> => {
  const clock = createAdjustableClock({ now: () => start })
  const opened = await openServices({
    dataDir,
    database: database ?? (dataDir === ':memory:' ? await testDatabase() : undefined),
    masterKeys: async () => [Buffer.alloc(32, 'a test master key, not a secret.')],
    policy: { ...plainPolicy, ...policy },
    clock,
    random: systemRandom,
    compute: 'inline',
    senderKey: async () => testSenderKey,
    triggers: async () => new Map(Object.entries(triggers).map(([arn, handler]) => [arn, functionTarget(handler)])),
    keepInvocations: 50,
  })
  const dispatch = createDispatcher({
    services: opened,
    operations,
    settings: { auth: 'any', defaultRegion: testRegion, idsChosenBy: 'everybody', strictErrors: true },
  })
  return {
    ...opened,
    clock,
    ...callsThrough(dispatch),
    codeSentTo: (destination) => {
      const code = opened.mailbox?.messages(destination)[0]?.code
      if (code === undefined) throw new Error(`no message with a code was sent to ${destination}`)
      return code
    },
  }
}
