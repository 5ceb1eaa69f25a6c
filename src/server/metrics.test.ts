import { describe, expect, it } from 'vitest'
import { counters } from '../domain/counters.ts'
import { createMetrics } from './metrics.ts'

describe('createMetrics', () => {
  it('writes what it counted in Prometheus’s text format', () => {
    const metrics = createMetrics()
    metrics.count('requests', { operation: 'SignUp', outcome: 'ok' })
    metrics.count('requests', { outcome: 'ok', operation: 'SignUp' })
    metrics.count('requests', { operation: 'GetUser', outcome: 'NotAuthorizedException' })
    metrics.count('throttles', { category: 'a"b\\c\nd' })
    const lines = metrics.text().split('\n')
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
      'poolhouse_requests_total{operation="GetUser",outcome="NotAuthorizedException"} 1',
      'poolhouse_requests_total{operation="SignUp",outcome="ok"} 2',
      String.raw`poolhouse_throttled_requests_total{category="a\"b\\c\nd"} 1`,
      '',
    ])
    expect(lines.filter((line) => line.startsWith('# TYPE '))).toEqual(Object.values(counters).map(({ name }) => `# TYPE ${name} counter`))
  })
})
