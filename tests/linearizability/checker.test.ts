import { describe, expect, it } from 'vitest'
import { findOrder, type Model, type Recorded } from './checker.ts'
import {
  type CodeStep,
  type LockOutStep,
  lockOutModel,
  codeModel as modelOfCode,
  type NameStep,
  nameModel,
  onceModel,
  rotationModel,
} from './models.ts'

const done = <Step>(invokedAt: number, answeredAt: number, ...steps: Step[]): Recorded<Step> => ({ invokedAt, answeredAt, steps })
const lost = <Step>(invokedAt: number, ...steps: Step[]): Recorded<Step> => done(invokedAt, Number.POSITIVE_INFINITY, ...steps)

const isPossible = <State, Step>(model: Model<State, Step>, ...history: readonly Recorded<Step>[]) =>
  findOrder(model, history) !== undefined

/** A register, as in the papers. */
type Access = { readonly write: number } | { readonly read: number }
const register: Model<number, Access> = {
  initial: 0,
  next: (value, access) => {
    if ('write' in access) return [access.write]
    return access.read === value ? [value] : []
  },
}

describe('findOrder', () => {
  it('finds the order of operations that overlap', () => {
    const history = [
      done<Access>(0, 10, { write: 1 }),
      done<Access>(1, 9, { read: 0 }),
      done<Access>(2, 8, { read: 1 }),
      done<Access>(11, 12, { read: 1 }),
    ]
    expect(findOrder(register, history)?.map(({ operation }) => operation)).toEqual([1, 0, 2, 3])
  })

  it.each<[string, Recorded<Access>[]]>([
    ['a read of what was overwritten before it began', [done(0, 1, { write: 1 }), done(2, 3, { write: 2 }), done(4, 5, { read: 1 })]],
    ['a write that is seen and then not any more', [done(0, 10, { write: 1 }), done(1, 2, { read: 1 }), done(3, 4, { read: 0 })]],
    [
      'two readers who see two writes in two orders',
      [
        ...[done<Access>(0, 10, { write: 1 }), done<Access>(0, 10, { write: 2 })],
        ...[done<Access>(1, 2, { read: 1 }), done<Access>(3, 4, { read: 2 }), done<Access>(5, 6, { read: 1 })],
      ],
    ],
    ['what nobody has written', [done(0, 1, { read: 7 })]],
    ['what was written later', [done(0, 1, { read: 1 }), done(2, 3, { write: 1 })]],
  ])('has none for %s', (_, history) => {
    expect(findOrder(register, history)).toBeUndefined()
  })

  it('lets an operation without an answer happen late, or never, but not before it was asked for, nor twice', () => {
    const write = lost<Access>(5, { write: 1 })
    expect(isPossible(register, write, done(6, 7, { read: 0 }))).toBe(true)
    expect(isPossible(register, write, done(6, 7, { read: 0 }), done(100, 101, { read: 1 }))).toBe(true)
    expect(isPossible(register, write, done(0, 1, { read: 1 }))).toBe(false)
    const [seen, overwritten, again] = [
      done<Access>(6, 7, { read: 1 }),
      done<Access>(8, 9, { write: 2 }),
      done<Access>(10, 11, { read: 1 }),
    ]
    expect(isPossible(register, write, seen, overwritten)).toBe(true)
    expect(isPossible(register, write, seen, overwritten, again)).toBe(false)
  })

  it('takes the steps of one operation in their order, with others in between', () => {
    const two = done<Access>(0, 10, { write: 1 }, { write: 2 })
    expect(isPossible(register, two, done(1, 2, { read: 1 }), done(3, 4, { read: 2 }))).toBe(true)
    expect(isPossible(register, two, done(1, 2, { read: 2 }), done(3, 4, { read: 1 }))).toBe(false)
    // Without an answer some of them may be missing, the last ones first.
    const lostTwo = lost<Access>(0, { write: 1 }, { write: 2 })
    expect(isPossible(register, lostTwo, done(1, 2, { read: 1 }), done(3, 4, { read: 1 }))).toBe(true)
    expect(isPossible(register, lostTwo, done(1, 2, { read: 2 }), done(3, 4, { read: 1 }))).toBe(false)
  })

  it('judges a hundred at once that are alike, both ways', () => {
    const losers = Array.from({ length: 98 }, (_, n) => done<'get' | 'find gone'>(n / 1000, 10 + n, 'find gone'))
    expect(isPossible(onceModel, ...losers, done(1, 2, 'get'))).toBe(true)
    expect(isPossible(onceModel, ...losers, done(1, 2, 'get'), done(1, 2, 'get'))).toBe(false)
    expect(isPossible(onceModel, ...losers)).toBe(false)
  })

  it('says so when it can not tell', () => {
    const tangle = Array.from({ length: 24 }, (_, n) => done<Access>(0, 100, { write: n }))
    expect(() => findOrder(register, [...tangle, done(0, 100, { read: -1 })], 1000)).toThrow(/not known after/)
  })
})

describe('the model of a code', () => {
  const codeModel = (tries = 15) => modelOfCode({ tries, allowance: 100 })

  const tries = (count: number, from = 0) => Array.from({ length: count }, (_, n) => done<'count'>(from, from + 50 + n, 'count'))

  it('has one winner', () => {
    const [a, b] = [done<'count' | 'use'>(0, 10, 'count', 'use'), done<'count' | 'use'>(5, 15, 'count', 'use')]
    expect(isPossible(codeModel(), a, done(5, 15, 'count', 'find used up'))).toBe(true)
    expect(isPossible(codeModel(), a, b)).toBe(false)
  })

  it('counts what has come in between the count of the right one and its use', () => {
    const right = done<'count' | 'use'>(0, 100, 'count', 'use')
    expect(isPossible(codeModel(3), right, ...tries(2), done(60, 70, 'find limit'))).toBe(true)
    expect(isPossible(codeModel(3), right, ...tries(3))).toBe(false)
    expect(isPossible(codeModel(3), right, ...tries(1), done(60, 70, 'find limit'))).toBe(false)
  })

  it('counts what is asked for, too', () => {
    const asked = Array.from({ length: 4 }, (_, n) => done<CodeStep>(n * 10, n * 10 + 5, 'ask', 'count'))
    expect(isPossible(modelOfCode({ tries: 9, allowance: 4 }), ...asked, done(100, 101, 'find limit'))).toBe(true)
    expect(isPossible(modelOfCode({ tries: 9, allowance: 5 }), ...asked, done(100, 101, 'find limit'))).toBe(false)
    expect(isPossible(modelOfCode({ tries: 9, allowance: 3 }), ...asked)).toBe(false)
  })

  it('refuses the right one after the last try', () => {
    expect(isPossible(codeModel(3), ...tries(3), done(200, 201, 'find limit'))).toBe(true)
    expect(isPossible(codeModel(3), ...tries(3), done(200, 201, 'count', 'use'))).toBe(false)
    // A try without an answer may be the one too many.
    expect(isPossible(codeModel(3), ...tries(2), lost(1, 'count'), done(200, 201, 'find limit'))).toBe(true)
    expect(isPossible(codeModel(3), ...tries(2), lost(300, 'count'), done(200, 201, 'find limit'))).toBe(false)
  })
})

describe('the model of rotating tokens', () => {
  const renew = (token: number, isGood: boolean, from = 0, to = 10) => done(from, to, { renew: token, isGood })

  it('has one successor', () => {
    expect(isPossible(rotationModel(false), renew(0, true), renew(0, false), renew(1, true, 11, 12))).toBe(true)
    expect(isPossible(rotationModel(false), renew(0, true), renew(0, true))).toBe(false)
  })

  it('forgives a retry for a while, and of the token before alone', () => {
    const [first, retry, second] = [renew(0, true, 0, 1), renew(0, true, 2, 3), renew(1, true, 4, 5)]
    expect(isPossible(rotationModel(true), first, retry, second, renew(0, false, 6, 7))).toBe(true)
    expect(isPossible(rotationModel(true), first, second, renew(0, true, 6, 7))).toBe(false)
    expect(isPossible(rotationModel(true), first, done(2, 3, 'wait' as const), renew(0, true, 4, 5))).toBe(false)
  })

  it('knows no reuse of a token that nobody has used', () => {
    expect(isPossible(rotationModel(false), renew(0, false))).toBe(false)
    expect(isPossible(rotationModel(false), lost(0, { renew: 0, isGood: true }), renew(0, false, 20, 21))).toBe(true)
  })
})

describe('the model of a lock-out', () => {
  const wrong = (server: number, from: number, to: number) =>
    done<LockOutStep>(from, to, { server, does: 'begin' }, { server, does: 'fail' })
  const locked = (from: number, to: number) => done<LockOutStep>(from, to, { server: 0, does: 'find locked' })

  it('lets no more checks begin than may run at once beside four failures', () => {
    const atOnce = (count: number) => Array.from({ length: count }, (_, n) => wrong(n % 2, 0, 100 + n))
    expect(isPossible(lockOutModel(2), ...atOnce(14), locked(0, 200))).toBe(true)
    expect(isPossible(lockOutModel(2), ...atOnce(15), locked(0, 200))).toBe(false)
  })

  it('lets nobody begin once five have failed', () => {
    const five = Array.from({ length: 5 }, (_, n) => wrong(n % 2, n * 10, n * 10 + 1))
    expect(isPossible(lockOutModel(2), ...five, locked(100, 101))).toBe(true)
    expect(isPossible(lockOutModel(2), ...five, wrong(0, 100, 101))).toBe(false)
    expect(isPossible(lockOutModel(2), ...five.slice(1), locked(100, 101))).toBe(false)
  })
})

describe('the model of a name', () => {
  const act = (does: 'claim' | 'take' | 'find taken' | 'give up', user: string, from = 0, to = 10) =>
    done<NameStep>(from, to, { does, user })
  const read = (user: string | undefined, from: number, to: number) => done<NameStep>(from, to, { does: 'read', user })

  it('has one holder', () => {
    expect(isPossible(nameModel, act('claim', 'a'), act('find taken', 'b'), read('a', 11, 12))).toBe(true)
    expect(isPossible(nameModel, act('claim', 'a'), act('claim', 'b'))).toBe(false)
    expect(isPossible(nameModel, act('find taken', 'a'), act('find taken', 'b'))).toBe(false)
  })

  it('is not read at one server as it was before what another one has answered', () => {
    expect(isPossible(nameModel, act('take', 'a', 0, 1), act('take', 'b', 2, 3), read('a', 4, 5))).toBe(false)
    expect(isPossible(nameModel, act('take', 'a', 0, 1), act('take', 'b', 2, 10), read('b', 4, 5), read('a', 6, 7))).toBe(false)
    expect(isPossible(nameModel, act('claim', 'a', 0, 1), act('give up', 'a', 2, 3), read(undefined, 4, 5), act('claim', 'b', 6, 7))).toBe(
      true,
    )
  })
})
