import { spawn, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { CreateUserPoolClientCommand, CreateUserPoolCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, type StartPoolhouseOptions, startPoolhouse, type TriggerFunction } from '../../src/lib.ts'
import { type HttpFunction, startHttpFunction } from '../support/http-function.ts'
import { createModuleFolder, type ModuleFolder } from '../support/module-folder.ts'
import { functionArn, triggerSecret } from '../support/open-triggers.ts'
import { main } from '../support/program.ts'
import { password, sdkClient } from '../support/start-app.ts'

let folder: ModuleFolder
let server: Poolhouse | undefined
let endpoint: HttpFunction | undefined

beforeAll(async () => {
  folder = await createModuleFolder()
})
afterEach(async () => {
  await server?.stop()
  await endpoint?.close()
  server = undefined
  endpoint = undefined
})
afterAll(() => folder.remove())

/** Starts a server where `fn` is mapped, with a pool that uses it. */
const started = async (target: NonNullable<StartPoolhouseOptions['triggers']>[string], options: StartPoolhouseOptions = {}) => {
  const running = await startPoolhouse({ triggers: { [functionArn('fn')]: target }, triggerSecret, ...options })
  server = running
  return { running, signUp: await poolAt(running.url) }
}

/** Makes a pool whose PreSignUp function is `fn`, and answers how to sign up in it. */
const poolAt = async (url: string) => {
  const sdk = sdkClient(url)
  const pool = await sdk.send(new CreateUserPoolCommand({ PoolName: 'pool', LambdaConfig: { PreSignUp: functionArn('fn') } }))
  const client = await sdk.send(new CreateUserPoolClientCommand({ UserPoolId: pool.UserPool?.Id, ClientName: 'app' }))
  const ClientId = client.UserPoolClient?.ClientId
  return (Username: string) =>
    sdk.send(new SignUpCommand({ ClientId, Username, Password: password, ClientMetadata: { url } })).then(
      ({ UserConfirmed }) => UserConfirmed,
      ({ name, message }: Error) => `${name}: ${message}`,
    )
}

const confirming = `
  if (event.userName === 'eve') throw new Error('not you')
  event.response.autoConfirmUser = true
  return event`

const refusal = 'UserLambdaValidationException: PreSignUp failed with error not you.'

describe('a server with triggers', () => {
  it('calls a module, whose invocations it shows until it is reset', async () => {
    const file = await folder.write(
      'fn.ts',
      `export const handler = async (event: { userName: string; response: { autoConfirmUser: boolean } }) => {${confirming}\n}`,
    )
    const { running, signUp } = await started(file)
    expect([await signUp('ana'), await signUp('eve')]).toEqual([true, refusal])
    expect(await running.invocations()).toMatchObject([
      { arn: functionArn('fn'), source: 'PreSignUp_SignUp', event: { userName: 'eve' }, outcome: { kind: 'threw', message: 'not you' } },
      { outcome: { kind: 'answered', answer: { userName: 'ana', response: { autoConfirmUser: true } } }, tries: 1 },
    ])
    await running.reset()
    expect(await running.invocations()).toEqual([])
  })

  it('calls a module that calls the server back', async () => {
    const file = await folder.write(
      'back.mjs',
      `export const handler = async (event) => {
        const reply = await fetch(event.request.clientMetadata.url, {
          method: 'POST',
          headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
          body: '{}',
        })
        throw new Error((await reply.json()).__type)
      }`,
    )
    const { signUp } = await started(file)
    expect(await signUp('ana')).toBe('UserLambdaValidationException: PreSignUp failed with error InvalidParameterException.')
  })

  it('calls a webhook', async () => {
    endpoint = await startHttpFunction(({ headers, body }, reply) => {
      const signed = `${headers['poolhouse-timestamp']}.${headers['poolhouse-request-id']}.${body}`
      const genuine = headers['poolhouse-signature'] === `v1=${createHmac('sha256', triggerSecret).update(signed).digest('hex')}`
      const event = JSON.parse(body)
      if (event.userName === 'eve') reply.end(JSON.stringify({ errorType: 'Error', errorMessage: 'not you' }))
      else reply.writeHead(genuine ? 200 : 401).end(JSON.stringify({ ...event, response: { autoConfirmUser: true } }))
    })
    const { signUp } = await started(endpoint.url)
    expect([await signUp('ana'), await signUp('eve')]).toEqual([true, refusal])
  })

  it('calls the Lambda API', async () => {
    endpoint = await startHttpFunction(({ body }, reply) => {
      const event = JSON.parse(body)
      if (event.userName === 'eve')
        reply.setHeader('x-amz-function-error', 'Unhandled').end('{"errorType":"Error","errorMessage":"not you"}')
      else reply.end(JSON.stringify({ ...event, response: { autoConfirmUser: true } }))
    })
    const { signUp } = await started(`lambda:${endpoint.url}`)
    expect([await signUp('ana'), await signUp('eve')]).toEqual([true, refusal])
    expect(endpoint.received[0]?.headers['authorization']).toContain('/us-east-1/lambda/aws4_request')
  })

  it.each<[string, TriggerFunction]>([
    [
      'async',
      async (event) => {
        if (event.userName === 'eve') throw new Error('not you')
        return { ...event, response: { autoConfirmUser: true } }
      },
    ],
    [
      'with a callback',
      (event, _context, callback) => {
        if (event.userName === 'eve') callback(new Error('not you'))
        else callback(null, { ...event, response: { autoConfirmUser: true } })
      },
    ],
  ])('calls a function of its own process: %s', async (_, target) => {
    const { running, signUp } = await started(target, { inProcess: true })
    expect([await signUp('ana'), await signUp('eve')]).toEqual([true, refusal])
    expect((await running.invocations()).length).toBe(2)
  })

  it('refuses what it can not call, in AWS words, and says why only to the operator', async () => {
    const file = await folder.write('broken.mjs', "throw new Error('broken')")
    const { running, signUp } = await started(file)
    expect(await signUp('ana')).toBe('UnexpectedLambdaException: PreSignUp invocation failed due to configuration.')
    expect(await running.invocations()).toMatchObject([{ outcome: { sentence: "the module can't be loaded: broken" } }])
  })

  it('says of a function that ends its process what Lambda says', async () => {
    const file = await folder.write('exit.mjs', 'export const handler = async () => process.exit(3)')
    const { signUp } = await started(file)
    const said =
      /^UserLambdaValidationException: PreSignUp failed with error RequestId: [\da-f-]{36} Error: Runtime exited with error: exit status 3\.$/
    expect(await signUp('ana')).toMatch(said)
  })

  it('does not start with functions that another process can not call', async () => {
    const start = startPoolhouse({ triggers: { [functionArn('fn')]: async (event) => event } })
    await expect(start).rejects.toThrow(`The trigger ${functionArn('fn')} is a function, which a server in another process can't call.`)
  })

  it('keeps modules that lie beside the data folder away from data, keys and settings', async () => {
    await folder.write(
      'app/fn.mjs',
      `import { readdirSync, readFileSync } from 'node:fs'
      const tried = (work) => { try { return typeof work() } catch (error) { return error.code } }
      export const handler = async () => {
        const files = ['poolhouse.yaml', 'keys/master.key', '.poolhouse/poolhouse.db', '.poolhouse/sender.key', 'keys/words.txt']
        throw new Error([...files.map((file) => tried(() => readFileSync(file))), tried(() => readdirSync('.poolhouse'))].join(' '))
      }`,
    )
    await folder.write('app/keys/words.txt', 'words')
    await folder.write('app/poolhouse.yaml', `trigger: ${functionArn('fn')}=fn.mjs\nmaster-key-file: app/keys/master.key\n`)
    await chmod(await folder.write('app/keys/master.key', randomBytes(32).toString('base64')), 0o600)
    const flags = ['--config', 'app/poolhouse.yaml', '--data-dir', 'app/.poolhouse', '--port', '0', '--empty', '--lifeline']
    const child = spawn(process.execPath, [main, 'dev', ...flags], { cwd: folder.path, stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const signUp = await poolAt((JSON.parse(line) as { url: string }).url)
    const denied = 'ERR_ACCESS_DENIED'
    expect(await signUp('ana')).toBe(
      `UserLambdaValidationException: PreSignUp failed with error ${denied} ${denied} ${denied} ${denied} object ${denied}.`,
    )
    child.stdin.end()
    await once(child, 'exit')
  })

  it.each([
    [`${functionArn('fn')}=./missing.ts`, 1, /There is no file .*missing\.ts, to which the trigger arn:.* is mapped\.$/],
    [`${functionArn('fn')}=./fn.py`, 2, /"\.\/fn\.py" is neither a URL nor a JavaScript or TypeScript file/],
    ['fn=./fn.ts', 2, /trigger \(from --trigger\) is "fn=\.\/fn\.ts", but must be an ARN/],
  ])('says in one sentence that it does not start: %s', (mapping, code, sentence) => {
    const { status, stderr } = spawnSync(process.execPath, [main, 'dev', '--data-dir', ':memory:', '--port', '0', '--trigger', mapping], {
      encoding: 'utf8',
      cwd: folder.path,
    })
    expect(stderr.trim()).toMatch(sentence)
    expect(stderr.trim().split('\n').length).toBe(1)
    expect(status).toBe(code)
  })
})
