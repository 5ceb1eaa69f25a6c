import { describe, expect, it } from 'vitest'
import { lengthPrefixed } from './length-prefixed.ts'

describe('lengthPrefixed', () => {
  it('writes each length before its part', () => {
    expect(lengthPrefixed('ab', Uint8Array.of(255)).toString('hex')).toBe('00000002616200000001ff')
  })

  it('keeps lists apart that plain joining would mix up', () => {
    expect(lengthPrefixed('ab', 'c')).not.toEqual(lengthPrefixed('a', 'bc'))
    expect(lengthPrefixed('ab', '')).not.toEqual(lengthPrefixed('ab'))
    expect(lengthPrefixed('ü').length).toBe(6)
  })
})
