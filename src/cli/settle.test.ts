import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const module = new URL('./settle.ts', import.meta.url).href

/** Megabytes of young objects that a process has room for after it was busy, after it was idle, and after it was busy again. */
const program = `
  import { setTimeout as sleep } from 'node:timers/promises'
  import { getHeapSpaceStatistics } from 'node:v8'
  const { settle } = await import(${JSON.stringify(module)})
  const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 1024 / 1024
  const beBusy = async () => {
    const end = performance.now() + 2500
    let kept = []
    while (performance.now() < end) {
      kept = Array.from({ length: 20000 }, (_, index) => ({ index, pair: [index, index] }))
      await sleep(0)
    }
    return size()
  }
  settle()
  await sleep(1500)
  const busy = await beBusy()
  let idle = size()
  for (let second = 0; second < 15 && idle >= 32; second++) {
    await sleep(1000)
    gc()
    idle = size()
  }
  console.log(JSON.stringify({ busy, idle, busyAgain: await beBusy() }))
`

describe('settle', () => {
  it('gives young objects enough room and no more, also after V8 has taken it away from an idle process', async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], { timeout: 60_000 })
    const { busy, idle, busyAgain } = JSON.parse(stdout)
    expect(busy).toBeGreaterThanOrEqual(32)
    expect(busy).toBeLessThanOrEqual(64)
    expect(idle).toBeLessThan(32)
    expect(busyAgain).toBeGreaterThanOrEqual(32)
    expect(busyAgain).toBeLessThanOrEqual(64)
  }, 90_000)
})
