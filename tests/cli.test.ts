import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareEnvironment, main } from './support/program.ts'
import { type Outcome, runPoolhouse } from './support/run-poolhouse.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const poolhouse = (...args: readonly string[]): Promise<Outcome> => runPoolhouse(folder, args)

const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } }
const seedFile = `
pools:
  - id: eu-west-1_FromFile1
    name: From a file
    clients: [{ id: fromfile, name: App, settings: { ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH] } }]
    users: [{ username: ana, password: Correct-Horse-7 }]
`

describe('the command line', () => {
  it('says nothing when its reader has had enough, and names a command’s own help when it is used wrongly', async () => {
    const command = `"${process.execPath}" "${main}" serve --help | head -1`
    const said = await promisify(execFile)('sh', ['-c', command], { cwd: folder, env: bareEnvironment() })
    expect(said).toEqual({ stdout: expect.stringMatching(/^Starts a server for production.*\n$/), stderr: '' })
    const wrong = await poolhouse('seed')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('(`poolhouse seed --help` shows how it is used)')])
  })

  it('begins its help with what people come for', async () => {
    const { code, out } = await poolhouse('--help')
    expect(code).toBe(0)
    for (const text of ['poolhouse dev', 'poolhouse serve', 'seed', 'access-key', 'keys', 'master-key', 'Exit codes'])
      expect(out).toContain(text)
  })

  it.each([
    [['dve'], 2, /unknown command 'dve'/],
    [['dev', '--prot', '1'], 2, /--prot/],
    [['dev', '--port', 'many'], 2, /port \(from --port\) is "many"/],
    [['dev', '--host', '0.0.0.0'], 2, /Add --expose/],
    [['serve'], 2, /poolhouse: /],
    [['access-key', 'create', '--policy', 'nowhere.json'], 1, /There is no policy file nowhere\.json/],
    [['seed', 'nowhere.yaml'], 1, /There is no seed file nowhere\.yaml/],
    [['keys', 'rotate', '--delay-hours', 'soon'], 1, /--delay-hours must be a number/],
    [['access-key', 'list', '--data-dir', './nowhere'], 1, /There is no data in \.\/nowhere/],
  ])('refuses %j with exit code %d and one clear sentence', async (args, code, sentence) => {
    const outcome = await poolhouse(...args)
    expect(outcome.err).toMatch(sentence)
    expect(outcome.err).not.toMatch(/\n {4}at /)
    expect(outcome.code).toBe(code)
    expect(outcome.out).toBe('')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  it('makes no access key with a policy that would not be enforced, and says what can be', async () => {
    const bounded = { ...policy, Statement: { ...policy.Statement, Condition: { Bool: { 'aws:TagKeys': 'true' } } } }
    await writeFile(join(folder, 'bounded.json'), JSON.stringify(bounded))
    const { code, err } = await poolhouse('access-key', 'create', '--policy', 'bounded.json', '--data-dir', join(folder, 'none'))
    expect(code).toBe(1)
    expect(err).toMatch(/The policy can't be used: Unknown condition operator: Bool\. Conditions can use StringEquals, .* aws:ResourceTag/)
  })

  it('seeds, makes keys and rotates, with and without a running server', async () => {
    await writeFile(join(folder, 'policy.json'), JSON.stringify(policy))
    await writeFile(join(folder, 'seed.yaml'), seedFile)
    const data = ['--data-dir', join(folder, 'data')]

    const seeded = await poolhouse('seed', 'seed.yaml', '--json', ...data)
    expect(JSON.parse(seeded.out)).toMatchObject([
      { userPoolId: 'eu-west-1_FromFile1', clients: [{ clientId: 'fromfile' }], users: ['ana'] },
    ])
    const made = await poolhouse('access-key', 'create', '--policy', 'policy.json', '--user', 'ana', ...data)
    expect(made.out).toMatch(/^AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16}\nAWS_SECRET_ACCESS_KEY=\S{40}\n$/)

    const server = spawn(process.execPath, [main, 'dev', '--port', '0', '--lifeline', ...data], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    try {
      const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
      const { url } = JSON.parse(line) as { url: string }
      const socketPath = join(folder, 'data', 'poolhouse.sock')
      for (const path of [socketPath, `${socketPath}.token`]) expect((await stat(path)).mode & 0o777).toBe(0o600)
      // Whoever reaches the socket without being able to read the folder gets nothing.
      const body = JSON.stringify({ command: 'listAccessKeys' })
      const call = request({ socketPath, method: 'POST', headers: { authorization: 'Bearer guessed' } }).end(body)
      const [reply] = (await once(call, 'response')) as [IncomingMessage]
      expect([reply.statusCode, await text(reply)]).toEqual([403, expect.not.stringContaining('AKIA')])
      expect((await poolhouse('access-key', 'list', ...data)).out).toMatch(/^AKIA[A-Z2-7]{16} {2}\S+ {2}ana\n$/)
      expect((await poolhouse('seed', 'seed.yaml', ...data)).out).toMatch(
        /^eu-west-1_FromFile1 {2}From a file \(1 users\)\n {2}client fromfile {2}App\n$/,
      )
      const rotated = await poolhouse('keys', 'rotate', '--pool', 'eu-west-1_FromFile1', ...data)
      expect(rotated.out).toMatch(/^eu-west-1_FromFile1( {2}\S{43}=){2}\n$/)
      const { keys } = (await (await fetch(`${url}/eu-west-1_FromFile1/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
      for (const kid of rotated.out.trim().split(/ +/).slice(1)) expect(keys.map((key) => key.kid)).toContain(kid)
      const refused = await poolhouse('access-key', 'list', '--account-id', '111111111111', ...data)
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Leave out --account-id, or stop the server first.')])
      expect((await poolhouse('master-key', 'rotate', ...data)).out).toMatch(/^Nothing was done: only one master key is loaded/)
      const taken = await poolhouse('dev', '--port', '0', ...data)
      expect([taken.code, taken.err]).toEqual([1, expect.stringContaining('Another Poolhouse server uses the data folder')])
      const unknown = await poolhouse('access-key', 'delete', 'AKIAUNKNOWNUNKNOWN12', ...data)
      expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no access key AKIAUNKNOWNUNKNOWN12')])
    } finally {
      const ended = once(server, 'exit')
      server.stdin.end()
      await ended
    }
  })
})
