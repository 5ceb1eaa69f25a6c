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

const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)
const curlNote = hasCurl ? '' : ' (the curl line was not tried: there is no curl here)'

let clone = ''
const groups: number[] = []

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'poolhouse-clone-'))
  // What a clone holds: the files that git knows or would take, without what installing and building leave behind.
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of stdout.split('\0').filter(Boolean)) await cp(join(root, file), join(clone, file)).catch(ignoreMissing)
})

afterAll(async () => {
  // Only what a failed test left behind is still there.
  for (const group of groups) await run('kill', ['-KILL', '--', `-${group}`]).catch(() => undefined)
  await rm(clone, { recursive: true, force: true })
})

const ignoreMissing = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}

interface Started {
  readonly output: string
  readonly url: string
  /** Signals npm alone, as a process manager does, or with everything that it started, as a terminal does. */
  stop(signal: NodeJS.Signals, whom: 'npm' | 'all'): Promise<void>
}

/** `npm start -- --port 0`, once it has printed where it listens. */
const npmStart = (): Promise<Started> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = spawn('npm', ['start', '--', '--port', '0'], {
      cwd: clone,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    // Its output ends when the last process that it started is gone.
    const ended = new Promise<void>((tell) => child.once('close', () => tell()))
    const stop = (signal: NodeJS.Signals, whom: 'npm' | 'all') => {
      process.kill((whom === 'all' ? -1 : 1) * (child.pid ?? 0), signal)
      return ended
    }
    if (child.pid !== undefined) groups.push(child.pid)
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const url = /http:\/\/localhost:\d+/.exec(output.replace(/^>.*$/gm, ''))?.[0]
      if (url !== undefined && output.includes('curl')) resolve({ output, url, stop })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then(() => reject(new Error(`npm start ended: ${output}`)))
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
  it(`installs, builds, starts, and prints a curl line that answers tokens${curlNote}`, async () => {
    const { output, url, stop } = await npmStart()
    expect(output).toContain('installing what it needs to run (once)')
    expect(output).toContain('building')
    expect((await fetch(`${url}/health`)).status).toBe(200)
    if (hasCurl) expect(await pasteCurl(output)).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } })
    await stop('SIGINT', 'all')
    expect(await isGone(url)).toBe(true)
  }, 180_000)

  it('neither installs nor builds the second time, and still knows the demo pool', async () => {
    const { output, url, stop } = await npmStart()
    expect(output).not.toMatch(/installing|building/)
    if (hasCurl) expect(await pasteCurl(output)).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } })
    await stop('SIGTERM', 'npm')
    expect(await isGone(url)).toBe(true)
  })
})
