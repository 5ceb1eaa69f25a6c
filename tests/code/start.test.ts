import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
// The machine's own Node.js rather than the one that runs the tests: a person's `npm start` begins with it.
const path = process.env['TEST_PATH'] ?? process.env['PATH']
const env = { ...process.env, PATH: path }

let clone = ''

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'poolhouse-clone-'))
  // What a clone holds: the files that git knows or would take, without what installing and building leave behind.
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of stdout.split('\0').filter(Boolean)) await cp(join(root, file), join(clone, file)).catch(ignoreMissing)
})

afterAll(async () => {
  await rm(clone, { recursive: true, force: true })
})

const ignoreMissing = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}

interface Started {
  readonly output: string
  readonly url: string
  stop(signal: NodeJS.Signals): Promise<number | null>
}

/** `npm start -- --port 0`, once it has printed where it listens. */
const npmStart = (): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn('npm', ['start', '--', '--port', '0'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<number | null>((tell) => child.once('exit', tell))
    const stop = (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    }
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const url = /http:\/\/localhost:\d+/.exec(output.replace(/^>.*$/gm, ''))?.[0]
      if (url !== undefined && output.includes('curl')) resolve({ output, url, stop })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then((code) => reject(new Error(`npm start ended with ${code}: ${output}`)))
  })

/** The tokens that the printed curl line answers. */
const pasteCurl = async (output: string): Promise<Record<string, unknown>> => {
  const line = /^\s*(curl (?:.*\\\n)*.*)$/m.exec(output)?.[1] ?? ''
  const { stdout } = await run('sh', ['-c', line], { env })
  return JSON.parse(stdout) as Record<string, unknown>
}

const isGone = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  )

describe('npm start in a fresh clone', () => {
  it('installs, builds, starts, and prints a curl line that answers tokens', async () => {
    const { output, url, stop } = await npmStart()
    expect(output).toContain('installing what it needs to run (once)')
    expect(output).toContain('building')
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(await pasteCurl(output)).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } })
    await stop('SIGINT')
    expect(await isGone(url)).toBe(true)
  }, 180_000)

  it('neither installs nor builds the second time, and still knows the demo pool', async () => {
    const { output, url, stop } = await npmStart()
    expect(output).not.toMatch(/installing|building/)
    expect(await pasteCurl(output)).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } })
    await stop('SIGTERM')
    expect(await isGone(url)).toBe(true)
  })
})
