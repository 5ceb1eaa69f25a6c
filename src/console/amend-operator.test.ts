import { describe, expect, it } from 'vitest'
import type { OperatorAccount } from '../domain/operator-account.ts'
import type { By, Store } from '../storage/store.ts'
import { amendOperator, ContendedAccount } from './amend-operator.ts'
import { deleteAccount } from './replace-account.ts'

const ada: OperatorAccount = { name: 'ada', uid: 'u', version: 1, policy: '{}', boundaries: [], madeBy: [], generation: 0, createdAt: 0 }
const by: By = { actor: 'test', requestId: 'r', action: 'Test', at: 0 }

/** A store in which somebody else is faster so many times. */
const contended = (times: number) => {
  let tries = 0
  const outcome = <T>(done: T) => {
    tries += 1
    return Promise.resolve(tries > times ? done : ('version conflict' as const))
  }
  const operators = { byName: async () => ada, save: () => outcome('saved'), delete: () => outcome('deleted') }
  return { store: { operators } as unknown as Store, tries: () => tries }
}

describe('a change of an operator', () => {
  it('is tried again where somebody else was faster', async () => {
    const { store } = contended(4)
    expect(await amendOperator(store, by, ada, (now) => ({ ...now, generation: 1 }))).toEqual({ ...ada, generation: 1, version: 2 })
    expect(await deleteAccount(contended(4).store, by, ada)).toBe(true)
  })

  it('is given up after five tries', async () => {
    const [changed, deleted] = [contended(1_000), contended(1_000)]
    await expect(amendOperator(changed.store, by, ada, (now) => now)).rejects.toThrow(ContendedAccount)
    await expect(deleteAccount(deleted.store, by, ada)).rejects.toThrow('Others change the operator ada')
    expect([changed.tries(), deleted.tries()]).toEqual([5, 5])
  })
})
