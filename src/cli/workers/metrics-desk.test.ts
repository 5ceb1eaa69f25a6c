import { describe, expect, it } from 'vitest'
import { systemClock } from '../../clock.ts'
import { createMetricsRelay, type MetricsRelay } from '../../server/metrics-relay.ts'
import { createMetricsDesk, type MetricsDesk } from './metrics-desk.ts'

const series = 'poolhouse_requests_total{operation="SignUp",outcome="ok"}'

interface Opened {
  readonly desk: MetricsDesk
  readonly relays: readonly MetricsRelay[]
  /** The reports that were asked for. */
  readonly reports: readonly number[]
}

const open = (silent: readonly number[] = [], patience = 50): Opened => {
  const reports: number[] = []
  const keeper = { ask: (about: never) => desk.answer(about) }
  const relays = [createMetricsRelay(keeper), createMetricsRelay(keeper)]
  const askAll = (report: number) => {
    reports.push(report)
    return relays.map((relay, worker) => {
      if (!silent.includes(worker)) setImmediate(() => desk.add(worker, relay.take(), report))
      return worker
    })
  }
  const desk = createMetricsDesk(systemClock, askAll, patience)
  return { desk, relays, reports }
}

const count = (relay: MetricsRelay | undefined, times: number) => {
  for (let n = 0; n < times; n += 1) {
    relay?.count('requests', { operation: 'SignUp', outcome: 'ok' })
    relay?.observe(0.003)
  }
}

describe('metrics of several workers', () => {
  it('are the sum, whichever is asked', async () => {
    const { relays } = open()
    count(relays[0], 3)
    count(relays[1], 4)
    for (const relay of relays) {
      const text = await relay.text()
      expect(text).toContain(`${series} 7\n`)
      expect(text).toContain('_bucket{le="0.005"} 7\n')
      expect(Number(/_sum (\S+)/.exec(text)?.[1])).toBeCloseTo(0.021)
      expect(text).toMatch(/_count 7\n$/)
    }
    const [step] = await (relays[1]?.history.steps('hour') ?? [])
    expect(step?.growth).toContain(`${series} 7\n`)
    expect(step?.growth).not.toContain('_sum')
  })

  it('keep what a worker had counted that has ended, and wait for none that says nothing', async () => {
    const { desk, relays } = open([1], 20)
    count(relays[1], 2)
    desk.add(1, relays[1]?.take() ?? [])
    count(relays[0], 1)
    expect(await relays[0]?.text()).toContain(`${series} 3\n`)
  })

  it('are asked for once for all who want them at the same time', async () => {
    const { relays, reports } = open()
    count(relays[0], 1)
    for (let times = 1; times <= 2; times += 1) {
      const texts = await Promise.all([relays[0]?.text(), relays[1]?.text(), relays[1]?.text()])
      expect(texts.every((text) => text?.includes(`${series} 1\n`))).toBe(true)
      expect(reports).toHaveLength(times)
    }
  })

  it('come at once when the one that was waited for ends', async () => {
    const { desk, relays } = open([1], 600_000)
    count(relays[0], 1)
    const text = relays[0]?.text()
    setImmediate(() => desk.forget(1))
    expect(await text).toContain(`${series} 1\n`)
  })
})
