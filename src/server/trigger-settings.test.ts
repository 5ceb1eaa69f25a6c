import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ConfigSources, readConfig } from './config.ts'
import type { RunCommand } from './settings.ts'

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn'
const other = 'arn:aws:lambda:us-east-1:000000000000:function:other'
const senderKey = randomBytes(32)

const serving = {
  POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64'),
  POOLHOUSE_PUBLIC_URL: 'https://id.example.com/',
  POOLHOUSE_SMTP_URL: 'smtps://user:password@mail.example.com',
  POOLHOUSE_SMTP_FROM: 'id@example.com',
}

const read = (command: RunCommand, { env = {}, ...sources }: Partial<ConfigSources> = {}) =>
  readConfig(command, {
    flags: {},
    env: { ...(command === 'serve' ? serving : {}), ...env },
    readMasterKeyFile: async (path, what) =>
      path === '/run/sender.key' ? { key: senderKey } : { fault: `There is no ${what} file at ${path}.` },
    ...sources,
  })

const faultOf = async (command: RunCommand, sources: Partial<ConfigSources>): Promise<string> => {
  const outcome = await read(command, sources).catch((error: Error) => error)
  return outcome instanceof Error ? outcome.message : 'no fault'
}

const secret = { POOLHOUSE_TRIGGER_SECRET: 's'.repeat(32) }
const keys = { POOLHOUSE_LAMBDA_ACCESS_KEY_ID: 'AKIATEST', POOLHOUSE_LAMBDA_SECRET_ACCESS_KEY: 'secret' }

describe('mapped triggers', () => {
  it('come from flags, with files that begin at the working directory', async () => {
    const { triggers } = await read('dev', { flags: { trigger: [`${arn}=./fn.ts#verify`, `${other}=https://a.example/x?list=1,2`] } })
    expect(triggers).toEqual([
      { arn, address: { kind: 'module', file: resolve('fn.ts'), exportName: 'verify' } },
      { arn: other, address: { kind: 'webhook', url: 'https://a.example/x?list=1,2' } },
    ])
  })

  it('come from the environment', async () => {
    const { triggers } = await read('dev', { env: { POOLHOUSE_TRIGGER: `${arn}=fn.ts, ${other}=lambda:http://localhost:4566` } })
    expect(triggers.map(({ address }) => address.kind)).toEqual(['module', 'lambda'])
  })

  it('come from the settings file, with files that begin where it stands, which no function may read', async () => {
    const file = { path: '/etc/poolhouse/poolhouse.yaml', values: { trigger: [`${arn}=./fn.ts`, `${other}=/srv/fn.ts`] } }
    const { triggers, secretFiles } = await read('dev', { file })
    expect(triggers.map(({ address }) => address.kind === 'module' && address.file)).toEqual(['/etc/poolhouse/fn.ts', '/srv/fn.ts'])
    expect(secretFiles).toEqual([file.path])
  })

  it.each([
    [['nonsense'], 'trigger (from --trigger) is "nonsense", but must be an ARN, an equal sign, and a URL, a file or lambda:URL'],
    [[`${arn}=./fn.py`], '--trigger: "./fn.py" is neither a URL nor a JavaScript or TypeScript file'],
    [[`${arn}=./a.ts`, `${arn}=./b.ts`], `--trigger: ${arn} is mapped twice.`],
  ])('are refused: %j', async (trigger, sentence) => {
    expect(await faultOf('dev', { flags: { trigger } })).toContain(sentence)
  })

  it.each([
    [
      `${arn}=http://hooks.example.com/`,
      secret,
      `The trigger ${arn} is mapped to http://hooks.example.com, but its events carry personal data.`,
    ],
    [`${arn}=lambda:http://hooks.example.com/`, keys, 'Use https, or an endpoint on this machine.'],
    [`${arn}=https://hooks.example.com/`, {}, `The trigger ${arn} is a webhook and needs trigger-secret`],
    [`${arn}=lambda:`, {}, `The trigger ${arn} calls the Lambda API and needs lambda-access-key-id`],
    [`${arn}=lambda:`, { POOLHOUSE_LAMBDA_ACCESS_KEY_ID: 'AKIATEST' }, 'belong together'],
    [`${arn}=http://[::1]:8080/`, secret, 'no fault'],
    [`${arn}=http://localhost:8080/`, secret, 'no fault'],
    [`${arn}=https://hooks.example.com/`, secret, 'no fault'],
    [`${arn}=lambda:`, keys, 'no fault'],
    [`${arn}=./fn.ts`, {}, 'no fault'],
  ])('in `serve`: %s', async (mapping, env, sentence) => {
    expect(await faultOf('serve', { flags: { trigger: [mapping] }, env })).toContain(sentence)
  })

  it('may be anywhere in `dev`', async () => {
    expect(
      await faultOf('dev', { flags: { trigger: [`${arn}=http://hooks.example.com/`, `${other}=lambda:http://aws.example.com/`] } }),
    ).toBe('no fault')
  })

  it('take no short secret, and do not repeat it', async () => {
    const fault = await faultOf('dev', { env: { POOLHOUSE_TRIGGER_SECRET: 'geheim' } })
    expect(fault).toBe('trigger-secret (from POOLHOUSE_TRIGGER_SECRET) must be at least 32 characters without blanks.')
  })
})

describe('the sender key', () => {
  it('comes from a file or the environment, not from both', async () => {
    expect((await read('serve')).senderKey).toBeUndefined()
    expect((await read('serve', { flags: { 'sender-key-file': '/run/sender.key' } })).senderKey).toEqual(senderKey)
    const env = { POOLHOUSE_SENDER_KEY: senderKey.toString('hex') }
    expect((await read('dev', { env })).senderKey).toEqual(senderKey)
    expect(await faultOf('dev', { env, flags: { 'sender-key-file': '/run/sender.key' } })).toContain('Give it in one way.')
  })

  it('is refused when it is missing, short or a placeholder, and kept off the command line', async () => {
    expect(await faultOf('dev', { flags: { 'sender-key-file': '/other' } })).toBe('There is no sender key file at /other.')
    expect(await faultOf('dev', { env: { POOLHOUSE_SENDER_KEY: 'c2hvcnQ' } })).toContain('POOLHOUSE_SENDER_KEY: The sender key has 5 bytes')
    expect(await faultOf('dev', { env: { POOLHOUSE_SENDER_KEY: Buffer.alloc(32).toString('base64') } })).toContain('placeholder')
    expect(await faultOf('dev', { flags: { 'sender-key': 'x' } })).toContain('would show a secret to others')
  })
})
