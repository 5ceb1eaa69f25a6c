import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

// In a process of its own: a thread that has given way can't take it back.
const niceness = `
  const { readdirSync, readFileSync } = await import('node:fs')
  const { getPriority } = await import('node:os')
  const { createThreadCompute } = await import(${here('./thread-compute.ts')})
  const { makePoolYield } = await import(${here('./yield-to-loop.ts')})
  const compute = createThreadCompute({ threads: 1 })
  await compute.generatorPower(Uint8Array.of(2))
  const nicenessOf = () => Object.fromEntries(
    readdirSync('/proc/self/task').map((thread) => [readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim(), getPriority(Number(thread))]),
  )
  const first = nicenessOf()
  const pool = await makePoolYield()
  console.log(JSON.stringify({ loop: getPriority(process.pid), first, again: nicenessOf(), pool }))
  await compute.close()
`

describe.runIf(process.platform === 'linux')('threads of arithmetic', () => {
  it('give way to the event loop, however often they are told to', async () => {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', niceness], { timeout: 20_000 })
    const { loop, first, again, pool } = JSON.parse(stdout)
    expect(first.srp).toBe(loop + 5)
    expect(first['libuv-worker']).toBe(loop + 5)
    expect(pool).toBeGreaterThan(0)
    expect(again['libuv-worker']).toBe(loop + 5)
  })
})
