import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import { modPowBigInt } from '../crypto/mod-pow.ts'
import { generator } from '../crypto/srp.ts'
import { systemRandom } from '../random.ts'
import { createThreadCompute } from './thread-compute.ts'

const exponent = new Uint8Array(32).fill(9)
const expected = modPowBigInt(generator, exponent)

const run = promisify(execFile)
const module = new URL('./thread-compute.ts', import.meta.url).href

/** Runs the lines in a Node process of their own and answers what they print. */
const runAlone = async (lines: string): Promise<string> => {
  const program = `const { createThreadCompute } = await import(${JSON.stringify(module)})\n${lines}`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { timeout: 20_000 })
  return stdout.trim()
}

describe('createThreadCompute', () => {
  it('replaces a thread that dies: its jobs reject, those behind them and later ones are computed', async () => {
    const threads: Worker[] = []
    const watch = (worker: Worker): void => void threads.push(worker)
    process.on('worker', watch)
    const compute = createThreadCompute({ threads: 1, random: systemRandom })
    const power = async (): Promise<boolean> => expected.equals(await compute.generatorPower(exponent))
    try {
      expect(await power()).toBe(true)
      const jobs = Array.from({ length: 60 }, power)
      await threads[0]?.terminate()
      const outcomes = (await Promise.allSettled(jobs)).map((job) => (job.status === 'fulfilled' ? job.value : 'rejected'))
      const rejected = outcomes.filter((outcome) => outcome === 'rejected').length
      // What the dead thread had been given, three batches of sixteen at most, and nothing else.
      expect(rejected).toBeGreaterThan(0)
      expect(rejected).toBeLessThanOrEqual(48)
      expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(60 - rejected)
      expect(await power()).toBe(true)
      expect(threads).toHaveLength(2)
    } finally {
      process.off('worker', watch)
      await compute.close()
    }
  })

  it('rejects what is under way and what comes later when it closes', async () => {
    const compute = createThreadCompute({ threads: 2, random: systemRandom })
    const jobs = Array.from({ length: 100 }, () => compute.generatorPower(exponent))
    const closing = compute.close()
    const outcomes = await Promise.allSettled([...jobs, compute.ephemeral(), compute.generatorPower(Uint8Array.of(2))])
    await closing
    expect(outcomes.at(-1)?.status).toBe('rejected')
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
  })

  it('keeps a process alive while it computes, and no longer', async () => {
    const started = performance.now()
    const printed = await runAlone(`
      const compute = createThreadCompute({ threads: 2 })
      compute.generatorPower(Uint8Array.of(10)).then((power) => console.log(power[382] * 256 + power[383]))
    `)
    expect(printed).toBe('1024')
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('sends what is asked for in one go together, to each thread its share and no more than it should have at once', async () => {
    const sent: number[] = []
    const { postMessage } = Worker.prototype
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...args: Parameters<Worker['postMessage']>) {
      sent.push(args[0].tasks.length)
      postMessage.apply(this, args)
    })
    const compute = createThreadCompute({ threads: 2, random: systemRandom })
    try {
      await Promise.all(Array.from({ length: 16 }, () => compute.generatorPower(exponent)))
      expect(sent.splice(0)).toEqual([8, 8])
      await Promise.all(Array.from({ length: 12 }, () => compute.sharedSecret(exponent, exponent, exponent, exponent)))
      expect(sent.splice(0)).toEqual([4, 4, 4])
      await compute.ephemeral()
      expect(sent).toEqual([16, 16])
    } finally {
      vi.restoreAllMocks()
      await compute.close()
    }
  })

  it('refuses to be made with no thread', () => {
    expect(() => createThreadCompute({ threads: 0, random: systemRandom })).toThrow(RangeError)
  })
})
