import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import type { Call } from '../context.ts'
import { signRequest } from '../crypto/sign-request.ts'
import { serverUid } from '../domain/server-uid.ts'
import { createOriginGuard } from '../server/host-guard.ts'
import type { ApiRequest } from './api-request.ts'
import { type ApiSettings, createDispatcher, type Dispatcher } from './dispatch.ts'

let harness: Harness
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const allowAll = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }

const addKey = async (id: string, policy: object = allowAll, enabled = true): Promise<void> => {
  const sealedSecret = await harness.keyring.seal('access-keys', serverUid, id, Buffer.from(secretKey))
  const by = { actor: 'operator', requestId: 'test', action: 'CreateAccessKey', at: harness.clock.now() }
  await harness.store.accessKeys.create(by, {
    id,
    userName: id.toLowerCase(),
    sealedSecret,
    policy: JSON.stringify(policy),
    enabled,
    createdAt: by.at,
  })
}

beforeAll(async () => {
  harness = await createHarness({ regions: ['us-east-1', 'eu-west-1'] })
  await addKey('AKIAADMIN')
  await addKey('AKIADISABLED', allowAll, false)
  await addKey('AKIAREADER', {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', NotAction: 'cognito-idp:Delete*', Resource: 'arn:aws:cognito-idp:*:*:userpool/us-east-1_Mine*' },
      { Effect: 'Allow', Action: 'cognito-idp:ListUserPools', Resource: '*' },
      { Effect: 'Deny', Action: 'cognito-idp:*', Resource: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_MineNot' },
    ],
  })
  await addKey('AKIACHOOSER', {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: ['cognito-idp:CreateUserPool', 'poolhouse:ChooseId'], Resource: '*' },
  })
})
afterAll(() => harness.close())

/** A server of its own settings whose operations note the call that reached them and do nothing else. */
const serverOf = (settings: Partial<ApiSettings>): { dispatch: Dispatcher; calls: Call[] } => {
  const calls: Call[] = []
  const note = async (ctx: { call: Call }) => void calls.push(ctx.call)
  const operations = Object.fromEntries(
    ['ListUserPools', 'DescribeUserPool', 'DeleteUserPool', 'CreateUserPool', 'TagResource', 'SignUp', 'GetUser', 'GetClientToken'].map(
      (name) => [name, note],
    ),
  ) as never
  const standard: ApiSettings = { auth: 'verify', defaultRegion: 'us-east-1', idsChosenBy: 'permission', strictErrors: true }
  return { dispatch: createDispatcher({ services: harness, operations, settings: { ...standard, ...settings } }), calls }
}

const inputs: Record<string, object> = {
  ListUserPools: { MaxResults: 10 },
  DescribeUserPool: { UserPoolId: 'us-east-1_Mine1' },
  CreateUserPool: { PoolName: 'p' },
  SignUp: { ClientId: 'abc', Username: 'ana', Password: 'Passw0rd!' },
  GetUser: { AccessToken: 'a.b.c' },
  GetClientToken: { ClientId: 'abc', Secret: 'x'.repeat(30) },
}

interface Change {
  readonly key?: string
  readonly secret?: string
  readonly region?: string
  readonly service?: string
  readonly host?: string
  readonly at?: number
  readonly input?: object
  /** After signing. */
  readonly tamper?: (request: ApiRequest) => ApiRequest
}

const requestOf = (
  operation: string,
  input: object | undefined,
  host = 'localhost:9339',
): ApiRequest & { headers: Record<string, string> } => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    'x-amz-user-agent': 'aws-amplify/5.0.4 auth framework/5',
  },
  body: Buffer.from(JSON.stringify(input ?? inputs[operation])),
  remoteAddress: '127.0.0.1',
})

const signed = (operation: string, change: Change = {}): ApiRequest => {
  const request = requestOf(operation, change.input, change.host)
  const { key = 'AKIAADMIN', secret = secretKey, region = 'us-east-1', service = 'cognito-idp', at = harness.clock.now() } = change
  const headers = signRequest(request, { accessKeyId: key, secretKey: secret }, { region, service }, at)
  return (change.tamper ?? ((same) => same))({ ...request, headers })
}

const withHeaders =
  (headers: Record<string, string>) =>
  (request: ApiRequest): ApiRequest => ({ ...request, headers: { ...request.headers, ...headers } })

const refusal = async (dispatch: Dispatcher, request: ApiRequest): Promise<[string, string]> => {
  const reply = await dispatch(request)
  expect(reply.status).toBe(400)
  const { __type: type, message } = JSON.parse(reply.body) as { __type: string; message: string }
  expect(reply.headers['x-amzn-errortype']).toBe(`${type}:`)
  return [type, message]
}

describe('J2: a signed call where signatures are verified', () => {
  it('reaches the operation with the signer’s name and the scope’s region', async () => {
    const { dispatch, calls } = serverOf({})
    expect(await dispatch(signed('ListUserPools', { region: 'eu-west-1' }))).toMatchObject({ status: 200 })
    expect(await dispatch(signed('ListUserPools', { region: 'eu-west-1', host: 'cognito-idp.eu-west-1.localhost' }))).toMatchObject({
      status: 200,
    })
    const seen = { operation: 'ListUserPools', region: 'eu-west-1', actor: 'arn:aws:iam::000000000000:user/akiaadmin', ip: '127.0.0.1' }
    expect(calls).toMatchObject([seen, seen])
    expect(calls[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(calls[0]?.requestId).not.toBe(calls[1]?.requestId)
  })

  const fiveMinutes = 5 * 60_000
  it.each<[string, string, Change, string, RegExp]>([
    [
      'an unknown key',
      'ListUserPools',
      { key: 'AKIANOBODY' },
      'UnrecognizedClientException',
      /^The security token included in the request is invalid\.$/,
    ],
    [
      'a disabled key',
      'ListUserPools',
      { key: 'AKIADISABLED' },
      'UnrecognizedClientException',
      /^The security token included in the request is invalid\.$/,
    ],
    [
      'a wrong secret',
      'ListUserPools',
      { secret: 'wrong' },
      'InvalidSignatureException',
      /^The request signature we calculated does not match/,
    ],
    [
      'a wrong service',
      'ListUserPools',
      { service: 'cognito-identity' },
      'InvalidSignatureException',
      /scoped to correct service: 'cognito-idp'/,
    ],
    ['a region that is not served', 'ListUserPools', { region: 'sa-east-1' }, 'InvalidSignatureException', /scoped to a valid region/],
    [
      'another region than the host’s',
      'ListUserPools',
      { region: 'us-east-1', host: 'cognito-idp.eu-west-1.localhost' },
      'InvalidSignatureException',
      /scoped to a valid region/,
    ],
    [
      'an old signature',
      'ListUserPools',
      { at: Date.UTC(2026, 0, 15, 12) - fiveMinutes - 1000 },
      'InvalidSignatureException',
      /^Signature expired: /,
    ],
    [
      'one from the future',
      'ListUserPools',
      { at: Date.UTC(2026, 0, 15, 12) + fiveMinutes + 1000 },
      'InvalidSignatureException',
      /^Signature not yet current: /,
    ],
    [
      'a changed body',
      'ListUserPools',
      { tamper: (request) => ({ ...request, body: Buffer.from('{"MaxResults":60}') }) },
      'InvalidSignatureException',
      /does not match/,
    ],
    [
      'a changed target',
      'DescribeUserPool',
      { tamper: withHeaders({ 'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUserPool' }) },
      'InvalidSignatureException',
      /does not match/,
    ],
    [
      'temporary credentials',
      'ListUserPools',
      { tamper: withHeaders({ 'x-amz-security-token': 'FwoG' }) },
      'UnrecognizedClientException',
      /Temporary credentials are not supported/,
    ],
    [
      'half an Authorization header',
      'ListUserPools',
      { tamper: withHeaders({ authorization: 'AWS4-HMAC-SHA256 Credential=x' }) },
      'IncompleteSignatureException',
      /requires 'Signature' parameter/,
    ],
    [
      'a bearer token instead',
      'ListUserPools',
      { tamper: withHeaders({ authorization: 'Bearer abc' }) },
      'IncompleteSignatureException',
      /Invalid key=value pair/,
    ],
    [
      'a presigned URL',
      'ListUserPools',
      { tamper: (request) => ({ ...request, query: 'X-Amz-Signature=abc' }) },
      'IncompleteSignatureException',
      /Presigned URLs are not supported/,
    ],
    ['a wrong signature on a public operation', 'SignUp', { secret: 'wrong' }, 'InvalidSignatureException', /does not match/],
    ['a wrong signature on a token operation', 'GetUser', { secret: 'wrong' }, 'InvalidSignatureException', /does not match/],
    ['an unknown key on a public operation', 'SignUp', { key: 'AKIANOBODY' }, 'UnrecognizedClientException', /invalid/],
    [
      'an old scheme on a public operation',
      'SignUp',
      { tamper: withHeaders({ authorization: 'AWS AKIA:sig' }) },
      'IncompleteSignatureException',
      /./,
    ],
  ])('%s is refused', async (_, operation, change, type, message) => {
    const { dispatch, calls } = serverOf({})
    expect(await refusal(dispatch, signed(operation, change))).toEqual([type, expect.stringMatching(message)])
    expect(calls).toEqual([])
  })

  it('must-not-happen 30: no signed operation runs without a signature', async () => {
    for (const auth of ['verify', 'any'] as const) {
      const { dispatch, calls } = serverOf({ auth })
      expect(await refusal(dispatch, requestOf('ListUserPools', undefined))).toEqual([
        'MissingAuthenticationTokenException',
        'Missing Authentication Token',
      ])
      expect(calls).toEqual([])
    }
  })

  it('public operations need no signature and ignore what is none', async () => {
    const { dispatch, calls } = serverOf({})
    for (const operation of ['SignUp', 'GetUser', 'GetClientToken']) {
      expect(await dispatch(requestOf(operation, undefined))).toMatchObject({ status: 200 })
      expect(await dispatch(withHeaders({ authorization: 'Bearer abc' })(requestOf(operation, undefined)))).toMatchObject({ status: 200 })
      expect(await dispatch(signed(operation))).toMatchObject({ status: 200 })
    }
    expect(new Set(calls.map(({ actor }) => actor))).toEqual(new Set(['anonymous', 'arn:aws:iam::000000000000:user/akiaadmin']))
  })
})

describe('any credentials', () => {
  it('take the region from the scope and need no secret, date or known key', async () => {
    const { dispatch, calls } = serverOf({ auth: 'any' })
    const change = { key: 'anything', secret: 'x', region: 'eu-west-1', at: 0, tamper: withHeaders({ 'x-amz-security-token': 'FwoG' }) }
    expect(await dispatch(signed('ListUserPools', change))).toMatchObject({ status: 200 })
    expect(calls).toMatchObject([{ region: 'eu-west-1', actor: 'arn:aws:iam::000000000000:user/anything' }])
  })

  it('still need a well-formed header and the host’s region', async () => {
    const { dispatch } = serverOf({ auth: 'any' })
    expect(
      await refusal(dispatch, signed('ListUserPools', { tamper: withHeaders({ authorization: 'AWS4-HMAC-SHA256 Credential=x' }) })),
    ).toEqual(['IncompleteSignatureException', expect.any(String)])
    expect(await refusal(dispatch, signed('ListUserPools', { host: 'cognito-idp.eu-west-1.localhost' }))).toEqual([
      'InvalidSignatureException',
      expect.any(String),
    ])
    expect(await refusal(dispatch, signed('ListUserPools', { key: 'a b"\n' }))).toEqual(['UnrecognizedClientException', expect.any(String)])
  })
})

describe('a page that a browser shows, where any credentials will do', () => {
  const from = (origin: string) => ({ tamper: withHeaders({ origin }) })
  const server = () => serverOf({ auth: 'any', mayAdminister: createOriginGuard(['app.test']) })

  it.each(['http://localhost:3000', 'http://127.0.0.1', 'https://shop.localhost', 'http://app.test:8080'])(
    '%s may administer',
    async (origin) => {
      expect(await server().dispatch(signed('ListUserPools', from(origin)))).toMatchObject({ status: 200 })
    },
  )

  it.each([
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://evil.example/localhost',
    'chrome-extension://localhost',
  ])('%s may not, but may sign up', async (origin) => {
    const { dispatch, calls } = server()
    expect(await refusal(dispatch, signed('ListUserPools', from(origin)))).toEqual([
      'AccessDeniedException',
      expect.stringContaining('--allowed-host'),
    ])
    expect(calls).toEqual([])
    expect(await dispatch(signed('SignUp', from(origin)))).toMatchObject({ status: 200 })
  })
})

describe('IAM policies', () => {
  const denied = (operation: string, resource: string, why: string) => [
    'AccessDeniedException',
    `User: arn:aws:iam::000000000000:user/akiareader is not authorized to perform: cognito-idp:${operation} on resource: ${resource} ${why}`,
  ]
  const arn = (poolId: string) => `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`
  const notAllowed = (operation: string) => `because no identity-based policy allows the cognito-idp:${operation} action`
  const denial = 'with an explicit deny in an identity-based policy'
  const asReader = (operation: string, input?: object) => signed(operation, { key: 'AKIAREADER', ...(input && { input }) })

  it('allow what they name', async () => {
    const { dispatch, calls } = serverOf({})
    for (const request of [asReader('DescribeUserPool'), asReader('ListUserPools')]) expect((await dispatch(request)).status).toBe(200)
    expect(calls).toHaveLength(2)
  })

  it('refuse the rest before anything is looked up', async () => {
    const { dispatch, calls } = serverOf({})
    const other = { UserPoolId: 'us-east-1_Other' }
    expect(await refusal(dispatch, asReader('DescribeUserPool', other))).toEqual(
      denied('DescribeUserPool', arn('us-east-1_Other'), notAllowed('DescribeUserPool')),
    )
    expect(await refusal(dispatch, asReader('DeleteUserPool', { UserPoolId: 'us-east-1_Mine1' }))).toEqual(
      denied('DeleteUserPool', arn('us-east-1_Mine1'), notAllowed('DeleteUserPool')),
    )
    expect(await refusal(dispatch, asReader('CreateUserPool'))).toEqual(denied('CreateUserPool', '*', notAllowed('CreateUserPool')))
    expect(await refusal(dispatch, asReader('DescribeUserPool', { UserPoolId: 'us-east-1_MineNot' }))).toEqual(
      denied('DescribeUserPool', arn('us-east-1_MineNot'), denial),
    )
    expect(calls).toEqual([])
  })

  it('hold for a pool that is named by its ARN, in any partition', async () => {
    const { dispatch, calls } = serverOf({})
    for (const partition of ['aws', 'aws-cn']) {
      const input = { ResourceArn: arn('us-east-1_MineNot').replace('arn:aws:', `arn:${partition}:`), Tags: { a: 'b' } }
      expect(await refusal(dispatch, asReader('TagResource', input))).toEqual(denied('TagResource', arn('us-east-1_MineNot'), denial))
    }
    expect(calls).toEqual([])
  })

  it('have no say on public operations', async () => {
    const { dispatch } = serverOf({})
    await addKey('AKIANOTHING', { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } })
    expect(await dispatch(signed('SignUp', { key: 'AKIANOTHING' }))).toMatchObject({ status: 200 })
    expect(await refusal(dispatch, signed('ListUserPools', { key: 'AKIANOTHING' }))).toEqual(['AccessDeniedException', expect.any(String)])
  })

  it('decide who may choose ids, unless everybody may', async () => {
    const strict = serverOf({})
    await strict.dispatch(signed('CreateUserPool', { key: 'AKIACHOOSER' }))
    await strict.dispatch(signed('CreateUserPool', { key: 'AKIAADMIN' }))
    await addKey('AKIACREATOR', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } })
    await strict.dispatch(signed('CreateUserPool', { key: 'AKIACREATOR' }))
    expect(strict.calls.map(({ mayChooseIds }) => mayChooseIds)).toEqual([true, true, false])
    const everybody = serverOf({ auth: 'any', idsChosenBy: 'everybody' })
    await everybody.dispatch(signed('CreateUserPool', { key: 'AKIACREATOR' }))
    expect(everybody.calls[0]?.mayChooseIds).toBe(true)
  })
})
