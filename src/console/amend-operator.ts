import type { OperatorAccount } from '../domain/operator-account.ts'
import type { By, Store } from '../storage/store.ts'

/** What somebody meant to change was changed by others again and again meanwhile. */
export class ContendedAccount extends Error {
  constructor(name: string) {
    super(`Others change the operator ${name} at this moment. Try again.`)
  }
}

const triesAtMost = 5

/**
 * Writes to an account in its present state, again where somebody else was faster. Undefined when the account is gone, is another one of the
 * same name, or `write` has nothing to do; throws ContendedAccount after five tries.
 */
export const writeOperator = async <T>(
  store: Store,
  { name, uid }: Pick<OperatorAccount, 'name' | 'uid'>,
  write: (account: OperatorAccount) => Promise<T | 'version conflict'>,
): Promise<T | undefined> => {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const account = await store.operators.byName(name)
    if (account === undefined || account.uid !== uid) return undefined
    const outcome = await write(account)
    if (outcome !== 'version conflict') return outcome
  }
  throw new ContendedAccount(name)
}

/** Changes an account in its present state; answers what was saved, or undefined as `writeOperator` does. */
export const amendOperator = (
  store: Store,
  by: By,
  named: Pick<OperatorAccount, 'name' | 'uid'>,
  change: (account: OperatorAccount) => OperatorAccount | undefined,
): Promise<OperatorAccount | undefined> =>
  writeOperator(store, named, async (account) => {
    const changed = change(account)
    if (changed === undefined) return undefined
    const outcome = await store.operators.save(by, changed)
    return outcome === 'saved' ? { ...changed, version: changed.version + 1 } : outcome
  })
