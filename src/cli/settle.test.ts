import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const module = new URL('./settle.ts', import.meta.url).href

/** Megabytes of young objects that a process has room for after it was busy, after V8 has made it less, and after it was busy again. */
const program = `
  import { setTimeout as sleep } from 'node:timers/promises'
  import { getHeapSpaceStatistics } from 'node:v8'
  const { settle } = await import(${JSON.stringify(module)})
  const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 1024 / 1024
  const beBusy = async () => {
    let kept = []
    let before = 0
    // It grows when objects have survived, which takes its time on a busy machine.
    for (let same = 0, round = 0; (same < 400 || size() < 16) && round < 4000; round++) {
      kept = Array.from({ length: 20000 }, (_, index) => ({ index, pair: [index, index] }))
      await sleep(1)
      same = size() === before ? same + 1 : 0
      before = size()
    }
    return size()
  }
  settle()
  await sleep(1500)
  const busy = await beBusy()
  let less = busy
  for (let second = 0; second < 15 && less >= busy; second++) {
    await sleep(1000)
    gc()
    less = size()
  }
  console.log(JSON.stringify({ busy, less, busyAgain: await beBusy() }))
`

describe('settle', () => {
  it('lets young objects have enough room and no more, also after V8 took it away', async () => {
    const { NODE_OPTIONS: _, ...env } = process.env
    // V8's own limit depends on the machine's memory; left alone, it would go up to twice this (MB of half of the space).
    // Objects that V8 takes for long-lived and puts with the old ones right away would not fill the room.
    const flags = ['--expose-gc', '--max-semi-space-size=64', '--no-allocation-site-pretenuring']
    const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '--eval', program], { env, timeout: 80_000 })
    const { busy, less, busyAgain } = JSON.parse(stdout)
    expect(less).toBeLessThan(busy)
    for (const size of [busy, busyAgain]) {
      expect(size).toBeGreaterThanOrEqual(16)
      expect(size).toBeLessThanOrEqual(64)
    }
  }, 90_000)
})
