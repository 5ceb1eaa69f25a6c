import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import type { Context, Log } from '../context.ts'
import { clientNotFound, invalidParameter, userNotConfirmed } from '../errors.ts'
import type { ApiReply } from './api-request.ts'
import { createDispatcher } from './dispatch.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())

interface Logged {
  readonly fields: Record<string, unknown>
  readonly text: string
}

/** A server with the given operations; what it logs as errors is kept. */
const serverOf = (operations: Record<string, (ctx: Context, input: never) => Promise<unknown>>, strictErrors = true) => {
  const errors: Logged[] = []
  const quiet = () => undefined
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (fields, text) => void errors.push({ fields: { ...fields }, text }) }
  const dispatch = createDispatcher({
    services: { ...harness, log },
    operations: operations as never,
    settings: { auth: 'any', defaultRegion: 'us-east-1', idsChosenBy: 'everybody', strictErrors },
  })
  const post = (operation: string | undefined, body: string | Uint8Array, contentType = 'application/x-amz-json-1.1'): Promise<ApiReply> =>
    dispatch({
      method: 'POST',
      path: '/',
      query: '',
      headers: {
        host: 'localhost',
        'content-type': contentType,
        ...(operation !== undefined && { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` }),
      },
      body: typeof body === 'string' ? Buffer.from(body) : body,
      remoteAddress: '127.0.0.1',
    })
  return { post, errors }
}

const signUp = '{"ClientId":"abc","Username":"ana","Password":"Passw0rd!"}'

describe('a request', () => {
  it('reaches its operation as typed input and answers in the wire form', async () => {
    const seen: unknown[] = []
    const { post } = serverOf({
      GetUser: async (ctx, input) => {
        seen.push(input, ctx.call.actor, ctx.by().action, ctx.by().actor, ctx.by().at, ctx.store === harness.store)
        return { Username: 'ana', UserAttributes: [{ Name: 'sub', Value: '1' }], secret: 'x', PreferredMfaSetting: undefined }
      },
    })
    const reply = await post('GetUser', '{"AccessToken":"a.b.c","Extra":1}')
    expect(reply).toMatchObject({ status: 200, body: '{"Username":"ana","UserAttributes":[{"Name":"sub","Value":"1"}]}' })
    expect(reply.headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(seen).toEqual([{ AccessToken: 'a.b.c' }, 'anonymous', 'GetUser', 'anonymous', harness.clock.now(), true])
  })

  it('has an empty answer where the operation answers nothing, and {} where it answers an empty structure', async () => {
    const nothing = async () => undefined
    const { post } = serverOf({ DeleteUser: nothing, ChangePassword: async () => ({}) })
    expect(await post('DeleteUser', '{"AccessToken":"a.b.c"}')).toMatchObject({ status: 200, body: '' })
    expect(await post('ChangePassword', '{"AccessToken":"a.b.c","ProposedPassword":"Passw0rd!"}')).toMatchObject({
      status: 200,
      body: '{}',
    })
  })

  it('is refused in the front end’s forms when it names no operation', async () => {
    const { post, errors } = serverOf({})
    expect(await post(undefined, '{}')).toMatchObject({ status: 404, body: expect.stringContaining('did not understand') })
    expect(await post('SignUp', signUp, 'application/json')).toMatchObject({
      status: 400,
      body: expect.stringContaining('"Version":"1.0"'),
    })
    expect(await post('SignOff', '{}')).toMatchObject({ status: 400, body: '{"__type":"UnknownOperationException"}' })
    expect(await post('SignUp', signUp)).toMatchObject({
      status: 400,
      body: '{"__type":"NotImplementedException","message":"SignUp is not implemented yet."}',
    })
    expect(errors).toEqual([])
  })

  it('is refused with the type of its fault', async () => {
    const { post } = serverOf({ SignUp: async () => ({}) })
    const typeOf = async (body: string | Uint8Array) => (JSON.parse((await post('SignUp', body)).body) as { __type: string }).__type
    expect(await typeOf('{')).toBe('SerializationException')
    expect(await typeOf('{"ClientId":7}')).toBe('SerializationException')
    expect(await typeOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe('SerializationException')
    expect(await typeOf('{"ClientId":"abc"}')).toBe('InvalidParameterException')
    expect(await typeOf('')).toBe('InvalidParameterException')
  })
})

describe('an error', () => {
  it('of the operation’s list is answered as it is', async () => {
    const { post, errors } = serverOf({
      SignUp: async () => {
        throw clientNotFound('abc')
      },
    })
    expect(await post('SignUp', signUp)).toMatchObject({
      status: 400,
      body: '{"__type":"ResourceNotFoundException","message":"User pool client abc does not exist."}',
    })
    expect(errors).toEqual([])
  })

  it('outside the list is a bug where errors are strict, and passes otherwise', async () => {
    const operations = {
      SignUp: async () => {
        throw userNotConfirmed()
      },
    }
    const strict = serverOf(operations)
    const reply = await strict.post('SignUp', signUp)
    expect(reply.status).toBe(500)
    expect(String(strict.errors[0]?.fields['err'])).toContain('SignUp answered UserNotConfirmedException')
    expect(await serverOf(operations, false).post('SignUp', signUp)).toMatchObject({ status: 400 })
  })

  it('that is none of ours answers 500 without detail and is logged with the request id', async () => {
    const cause = new Error('SELECT secret FROM somewhere')
    const { post, errors } = serverOf({
      SignUp: async () => {
        throw cause
      },
    })
    const reply = await post('SignUp', '{"ClientId":"abc","Username":"ana","Password":"Passw0rd!","UserAttributes":[{"Name":"email"}]}')
    expect(reply).toMatchObject({ status: 500, headers: { 'x-amzn-errortype': 'InternalErrorException:' } })
    expect(JSON.stringify(reply)).not.toContain('SELECT')
    expect(errors).toMatchObject([
      {
        fields: {
          requestId: reply.headers['x-amzn-requestid'],
          operation: 'SignUp',
          input: { UserAttributes: [{ Name: 'email' }] },
          err: cause,
        },
      },
    ])
    expect(JSON.stringify(errors[0]?.fields)).not.toMatch(/Passw0rd|ana/)
  })

  it('keeps its reason code', async () => {
    const { post } = serverOf({
      SignUp: async () => {
        throw Object.assign(invalidParameter('no'), { reasonCode: 'why' })
      },
    })
    expect(JSON.parse((await post('SignUp', signUp)).body)).toEqual({
      __type: 'InvalidParameterException',
      message: 'no',
      reasonCode: 'why',
    })
  })
})
