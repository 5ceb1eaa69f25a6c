import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import type { SeedUser } from '../../src/server/seed-document.ts'
import { runPoolhouse } from '../support/run-poolhouse.ts'

// Debian's packages jmeter, jmeter-http and a Java.
const home = '/usr/share/jmeter'
const shell = '/usr/share/java/bsh.jar'
const jmeter = [join(home, 'bin/ApacheJMeter.jar'), shell, '/usr/bin/java']
const missing = jmeter.filter((path) => !existsSync(path))
const note = missing.length === 0 ? '' : ` (skipped: there is no ${missing.join(', ')})`
const launcher = fileURLToPath(new URL('../support/jmeter-2.13.bsh', import.meta.url))

const user = { username: 'ana', password: `Correct-"Horse"\\7, $(or) so) $\{x} $\{__P(user)}` }
const flows = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const] }

describe(`the plan of poolhouse postman --jmeter in JMeter 2.13${note}`, () => {
  let server: Poolhouse
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'poolhouse-jmeter-'))
    server = await startPoolhouse()
  })
  afterAll(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the plan for a user of a new pool; answers label, status and success of its samples. */
  const samplesOf = async (name: string, secret: string | undefined, person: SeedUser, password: string): Promise<string[]> => {
    const client = { name, settings: flows, ...(secret !== undefined && { secret }) }
    const [made] = await server.seed({ pools: [{ name: `Load ${name}`, clients: [client], users: [person] }] })
    const target = ['--pool', made?.userPoolId ?? '', '--client', made?.clients[0]?.clientId ?? '']
    const args = ['postman', '--endpoint', server.url, ...target, '--jmeter', '--user', person.username, '--json']
    const { code, out } = await runPoolhouse(folder, args, { POOLHOUSE_POSTMAN_PASSWORD: password })
    expect(code).toBe(0)
    const { jmeter: plan } = JSON.parse(out) as { jmeter: string }
    const log = `${plan}.csv`
    const csv = ['-Jjmeter.save.saveservice.output_format=csv', '-Jjmeter.save.saveservice.assertion_results_failure_message=false']
    const options = ['-n', '-t', plan, '-l', log, '-j', 'jmeter.log', ...csv, '-Jthreads=2', '-Jloops=2']
    const java = [`-Djmeter.home=${home}`, '-cp', jmeter.slice(0, 2).join(':'), 'bsh.Interpreter', launcher]
    await promisify(execFile)('/usr/bin/java', [...java, ...options], { cwd: folder })
    const rows = (await readFile(join(folder, log), 'utf8')).trim().split('\n')
    return rows.map((row) => `${row.split(',').slice(2, 4).join(' ')} ${/,(true|false),/.exec(row)?.[1]}`).sort()
  }

  it.skipIf(missing.length > 0).each([
    ['without a secret', undefined],
    ['with a secret', 'kept_by_the_server_of_the_shop'],
  ])('signs in and calls with the token, for an app client %s', { timeout: 120_000 }, async (name, secret) => {
    expect(await samplesOf(name, secret, user, user.password)).toEqual([
      ...Array(4).fill('GetUser 200 true'),
      ...Array(4).fill('InitiateAuth 200 true'),
    ])
  })

  it.skipIf(missing.length > 0)('counts a challenge as a failure', { timeout: 120_000 }, async () => {
    const invited = { username: 'tom', temporaryPassword: user.password }
    expect(await samplesOf('invited', undefined, invited, user.password)).toEqual(Array(4).fill('InitiateAuth 200 false'))
  })
})
