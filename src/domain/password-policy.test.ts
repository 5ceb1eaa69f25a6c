import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPasswordPolicy, passwordFault, temporaryPassword } from './password-policy.ts'

const prefix = 'Password did not conform with policy: '

describe('passwordFault', () => {
  it.each([
    ['Abcdef1!', undefined],
    ['Abcde1!', 'Password not long enough'],
    ['abcdef1!', 'Password must have uppercase characters'],
    ['ABCDEF1!', 'Password must have lowercase characters'],
    ['Abcdefg!', 'Password must have numeric characters'],
    ['Abcdefg1', 'Password must have symbol characters'],
    ['ÄBCDEF1!', 'Password must have lowercase characters'],
    ['äbcdef1!', 'Password must have uppercase characters'],
    ['Abc def1', undefined],
    [' Abcdef1', 'Password must not begin or end with a space'],
    ['Abcdef1 ', 'Password must not begin or end with a space'],
    ['Abcdef1!\n', 'Password must not begin or end with a space'],
    ['Abcdef1!\ud800', 'Password must not begin or end with a space'],
    [`Aa1!${'x'.repeat(252)}`, undefined],
    [`Aa1!${'x'.repeat(253)}`, 'Password must not be longer than 256 characters'],
  ])('%j under the default policy', (password, fault) => {
    expect(passwordFault(undefined, password)).toBe(fault && prefix + fault)
  })

  it('counts code points, not UTF-16 units', () => {
    expect(passwordFault({ MinimumLength: 6 }, '😀😀😀')).toBe(`${prefix}Password not long enough`)
    expect(passwordFault({ MinimumLength: 6 }, '😀😀😀😀😀😀')).toBeUndefined()
  })

  it('names only the first broken rule', () => {
    expect(passwordFault(defaultPasswordPolicy, 'a')).toBe(`${prefix}Password not long enough`)
    expect(passwordFault(defaultPasswordPolicy, 'aaaaaaaa')).toBe(`${prefix}Password must have uppercase characters`)
  })

  it('asks only for what the policy asks for', () => {
    expect(passwordFault({ MinimumLength: 6, RequireUppercase: false }, 'aaaaaa')).toBeUndefined()
    expect(passwordFault({ MinimumLength: 6, RequireNumbers: true }, 'aaaaaa')).toBe(`${prefix}Password must have numeric characters`)
  })

  it.each([...'^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+-'])('takes %s as a symbol', (symbol) => {
    expect(passwordFault({ MinimumLength: 6, RequireSymbols: true }, `aaa${symbol}aaa`)).toBeUndefined()
  })

  it('does not take other characters as symbols', () => {
    expect(passwordFault({ MinimumLength: 6, RequireSymbols: true }, 'aaa€§ßaaa')).toBe(`${prefix}Password must have symbol characters`)
  })
})

describe('temporaryPassword', () => {
  it('meets every policy', () => {
    const policies = fc.record({
      MinimumLength: fc.integer({ min: 6, max: 99 }),
      RequireUppercase: fc.boolean(),
      RequireLowercase: fc.boolean(),
      RequireNumbers: fc.boolean(),
      RequireSymbols: fc.boolean(),
    })
    fc.assert(
      fc.property(policies, fc.infiniteStream(fc.nat()), (policy, numbers) => {
        const password = temporaryPassword(policy, (n) => (numbers.next().value as number) % n)
        expect(passwordFault(policy, password)).toBeUndefined()
        expect(passwordFault(undefined, password)).toBeUndefined()
        expect(password).toMatch(/^[A-Za-z0-9!@#$%*\-_=+?.]+$/)
        expect(password).toHaveLength(Math.max(12, policy.MinimumLength))
      }),
    )
  })

  it('leaves no class at a fixed place', () => {
    const first = new Set<string>()
    let state = 1
    const below = (n: number) => {
      state = (state * 48271) % 0x7fffffff
      return state % n
    }
    for (let run = 0; run < 200; run++)
      first.add(temporaryPassword(undefined, below).replace(/[A-Z]/g, 'U').replace(/[a-z]/g, 'l').charAt(0))
    expect(first.has('U') && first.has('l') && first.size > 2).toBe(true)
  })
})
