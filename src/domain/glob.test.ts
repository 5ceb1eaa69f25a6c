import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globMatches } from './glob.ts'

describe('globMatches', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['?', '', false],
    ['?', 'a', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbbcd', false],
    ['a*b*c', 'axbxbxc', true],
    ['Get*', 'GetUser', true],
    ['a.c', 'abc', false],
    ['**', 'a', true],
  ])('%j on %j', (pattern, text, fits) => expect(globMatches(pattern, text)).toBe(fits))

  it('agrees with the regular expression of the same meaning', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 })
    fc.assert(
      fc.property(pattern, text, (glob, candidate) => {
        const expression = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(globMatches(glob, candidate)).toBe(expression.test(candidate))
      }),
    )
  })

  it('is quick on patterns that make regular expressions slow', () => {
    expect(globMatches(`${'a*'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false)
  })
})
