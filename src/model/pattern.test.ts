import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import source from './cognito-idp.json' with { type: 'json' }
import { compilePattern, wholeMatch } from './pattern.ts'

const patternOf = (name: string): string => (source.shapes as Record<string, { pattern?: string }>)[name]?.pattern ?? ''

describe('compilePattern', () => {
  it('compiles every pattern of the model', () => {
    const shapes = Object.entries(source.shapes as Record<string, { pattern?: string; jsPattern?: string }>)
    const compiled = shapes.filter(([name, { pattern, jsPattern }]) => compilePattern(name, pattern, jsPattern) !== undefined)
    expect(compiled.length).toBeGreaterThan(55)
  })

  // Small alphabets that make up the fixed parts, so that matches are as common as misses.
  const pieces = fc.array(fc.constantFrom('{##', '##}', '{####}', '@', 'a', 'é', '*', ' ', '\n', '\t', '\u3000', '\u0001'), {
    maxLength: 9,
  })

  it.each(['EmailAddressType', 'EmailMfaMessageType', 'EmailVerificationMessageType', 'EmailVerificationMessageByLinkType'])(
    'reads %s as published, in linear time',
    (name) => {
      const published = wholeMatch(patternOf(name))
      const compiled = compilePattern(name, patternOf(name))
      fc.assert(
        fc.property(pieces, (parts) => {
          const value = parts.join('')
          expect(compiled?.regExp.test(value), JSON.stringify(value)).toBe(published.test(value))
        }),
        { numRuns: 2000 },
      )
      const hard = `${'{##@'.repeat(50_000)}\u0001`
      const before = performance.now()
      expect(compiled?.regExp.test(hard)).toBe(false)
      expect(performance.now() - before).toBeLessThan(200)
    },
  )

  it('reads passwords as the service does: blanks inside only, in any script', () => {
    const compiled = compilePattern('PasswordType', patternOf('PasswordType'))
    const asPrinted = wholeMatch(compiled?.text ?? '')
    expect(compiled?.text).toBe('^[\\S]+.*[\\S]+$')
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(compiled?.regExp.test(parts.join(''))).toBe(asPrinted.test(parts.join('')))
      }),
      { numRuns: 2000 },
    )
    for (const good of ['correct horse battery', 'пароль мой', '密码\u3000密码']) expect(compiled?.regExp.test(good)).toBe(true)
    for (const bad of [' leading', 'trailing ', 'a']) expect(compiled?.regExp.test(bad)).toBe(false)
  })

  it('takes \\w and \\s as Java does, for ASCII only', () => {
    const name = compilePattern('UserPoolNameType', patternOf('UserPoolNameType'))
    expect(name?.regExp.test('My pool\t1')).toBe(true)
    expect(name?.regExp.test('Мой')).toBe(false)
    expect(name?.regExp.test('a\u00a0b')).toBe(false)
  })
})
