import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { counters } from '../domain/counters.ts'
import { durations } from '../domain/durations.ts'
import { createMetrics } from './metrics.ts'

describe('createMetrics', () => {
  it('writes what it counted in Prometheus’s text format', () => {
    const metrics = createMetrics(systemClock)
    metrics.count('requests', { operation: 'SignUp', outcome: 'ok' })
    metrics.count('requests', { outcome: 'ok', operation: 'SignUp' })
    metrics.count('requests', { operation: 'GetUser', outcome: 'NotAuthorizedException' })
    metrics.count('throttles', { category: 'a"b\\c\nd' })
    const lines = metrics.text().split('\n')
    expect(lines.filter((line) => !line.startsWith('#') && !line.startsWith(durations.name))).toEqual([
      'poolhouse_requests_total{operation="GetUser",outcome="NotAuthorizedException"} 1',
      'poolhouse_requests_total{operation="SignUp",outcome="ok"} 2',
      String.raw`poolhouse_throttled_requests_total{category="a\"b\\c\nd"} 1`,
      '',
    ])
    expect(lines.filter((line) => line.startsWith('# TYPE '))).toEqual([
      ...Object.values(counters).map(({ name }) => `# TYPE ${name} counter`),
      `# TYPE ${durations.name} histogram`,
    ])
  })

  it('sorts durations into buckets that hold all shorter ones too', () => {
    const metrics = createMetrics(systemClock)
    for (const seconds of [0.001, 0.002, 0.25, 60]) metrics.observe(seconds)
    const lines = metrics.text().split('\n')
    const bucket = (le: string) => lines.find((line) => line.startsWith(`${durations.name}_bucket{le="${le}"}`))?.split(' ')[1]
    expect(['0.002', '0.1', '0.25', '5', '+Inf'].map(bucket)).toEqual(['2', '2', '3', '3', '4'])
    expect(lines.slice(-3)).toEqual([`${durations.name}_sum ${0.001 + 0.002 + 0.25 + 60}`, `${durations.name}_count 4`, ''])
  })
})
