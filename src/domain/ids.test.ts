import { describe, expect, it } from 'vitest'
import { newAccessKeyId, newClientId, newClientSecret, newCode, newPoolId, newSecretAccessKey } from './ids.ts'

const last = (n: number) => n - 1
const first = () => 0
const counting = () => {
  let count = 0
  return (n: number) => count++ % n
}

describe('ids', () => {
  it.each<[string, (below: (n: number) => number) => string, RegExp]>([
    ['a pool id', (below) => newPoolId('us-east-1', below), /^us-east-1_[A-Za-z0-9]{9}$/],
    ['a client id', newClientId, /^[a-z0-9]{26}$/],
    ['a client secret', newClientSecret, /^[a-z0-9]{52}$/],
    ['a code', (below) => newCode(below, 6), /^[0-9]{6}$/],
    ['an access key id', newAccessKeyId, /^AKIA[A-Z2-7]{16}$/],
    ['a secret access key', newSecretAccessKey, /^[A-Za-z0-9+/]{40}$/],
  ])('%s has its form whatever the numbers', (_, make, form) => {
    for (const below of [first, last, counting()]) expect(make(below)).toMatch(form)
  })

  it('use every number that they draw', () => {
    expect(newCode(counting(), 10)).toBe('0123456789')
    expect(newCode(first, 6)).toBe('000000')
    expect(new Set(newSecretAccessKey(counting())).size).toBe(40)
  })
})
