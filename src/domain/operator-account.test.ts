import { describe, expect, it } from 'vitest'
import {
  boundariesUnder,
  isMadeBy,
  isOperatorSessionLive,
  mayResetOperator,
  type OperatorAccount,
  type OperatorSession,
  operatorName,
  operatorNameFault,
  operatorPasswordFault,
  operatorState,
} from './operator-account.ts'

const minute = 60_000

const ada: OperatorAccount = {
  name: 'ada',
  uid: 'uid-ada',
  version: 1,
  passwordHash: '$argon2id$',
  sealedTotp: 'sealed',
  policy: 'A',
  boundaries: [],
  madeBy: [],
  generation: 3,
  createdAt: 0,
}
const session: OperatorSession = { hash: 'h', name: 'ada', uid: 'uid-ada', generation: 3, createdAt: 0, usedAt: 0, expiresAt: 720 * minute }

describe('a session of an operator', () => {
  const live = (now: number, of: Partial<OperatorSession> = {}, account: OperatorAccount | undefined = ada) =>
    isOperatorSessionLive({ ...session, ...of }, account, now)

  it('ends after half an hour without use, and after twelve hours of use', () => {
    expect([live(0), live(30 * minute - 1), live(30 * minute)]).toEqual([true, true, false])
    const used = { usedAt: 720 * minute - 1000 }
    expect([live(720 * minute - 1, used), live(720 * minute, used)]).toEqual([true, false])
  })

  it('ends with the account’s generation, with the account, and with what it signs in by', () => {
    expect(live(1, { generation: 2 })).toBe(false)
    expect(live(1, { generation: 4 })).toBe(false)
    expect(live(1, { uid: 'an earlier ada' })).toBe(false)
    expect(isOperatorSessionLive(session, undefined, 1)).toBe(false)
    const { passwordHash: _, ...reset } = ada
    expect([operatorState(ada), operatorState(reset), live(1, {}, reset)]).toEqual(['active', 'invited', false])
  })
})

describe('who makes operators', () => {
  const bob: OperatorAccount = { ...ada, uid: 'uid-bob', policy: 'B', boundaries: boundariesUnder(ada), madeBy: ['uid-ada'] }
  const carol: OperatorAccount = { ...ada, uid: 'uid-carol', policy: 'C', boundaries: boundariesUnder(bob), madeBy: ['uid-bob', 'uid-ada'] }

  it('bounds them by everything that bounds the maker', () => {
    expect([bob.boundaries, carol.boundaries]).toEqual([['A'], ['B', 'A']])
    expect(boundariesUnder({ policy: 'A', boundaries: ['A'] })).toEqual(['A'])
  })

  it('may reset them and whom they made, but nobody else', () => {
    expect([mayResetOperator(bob, ada), mayResetOperator(carol, ada), mayResetOperator(carol, bob)]).toEqual([true, true, true])
    expect([mayResetOperator(ada, bob), mayResetOperator(bob, carol), mayResetOperator(ada, ada)]).toEqual([false, false, false])
    expect(isMadeBy(carol, { uid: 'an earlier ada' })).toBe(false)
  })

  it('may not reset them any more once another policy bounds the maker, for that would be a way around it', () => {
    expect(mayResetOperator(bob, { ...ada, policy: 'less' })).toBe(false)
    expect(mayResetOperator(carol, { ...bob, boundaries: ['A', 'less'] })).toBe(false)
  })
})

describe('what operators choose', () => {
  it('names that are safe in links, logs and cookies', () => {
    expect(operatorName(' Ada@Example.ORG ')).toBe('ada@example.org')
    for (const name of ['a', 'ada', 'ada.l_1-x@example.org', 'x'.repeat(64)]) expect(operatorNameFault(name)).toBeUndefined()
    for (const name of ['', 'x'.repeat(65), 'a b', 'a/b', 'a#b', 'ä', 'Ada', 'a\n']) expect(operatorNameFault(name)).toMatch(/1 to 64/)
  })

  it('passwords that are long enough and not the name', () => {
    expect(operatorPasswordFault('twelve chars', 'ada')).toBeUndefined()
    expect(operatorPasswordFault('x'.repeat(256), 'ada')).toBeUndefined()
    expect(operatorPasswordFault('eleven char', 'ada')).toMatch(/at least 12/)
    expect(operatorPasswordFault('💧'.repeat(11), 'ada')).toMatch(/at least 12/)
    expect(operatorPasswordFault('x'.repeat(257), 'ada')).toMatch(/at most 256/)
    expect(operatorPasswordFault('Ada@Example.org', 'ada@example.org')).toMatch(/name/)
  })
})
