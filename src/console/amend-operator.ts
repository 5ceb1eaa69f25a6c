import type { OperatorAccount } from '../domain/operator-account.ts'
import type { By, Store } from '../storage/store.ts'

/**
 * Changes an account in its present state, as often as somebody else was faster; answers what was saved. Undefined when the account is
 * gone, is another one of the same name, or `change` has nothing to save.
 */
export const amendOperator = async (
  store: Store,
  by: By,
  { name, uid }: Pick<OperatorAccount, 'name' | 'uid'>,
  change: (account: OperatorAccount) => OperatorAccount | undefined,
): Promise<OperatorAccount | undefined> => {
  for (;;) {
    const account = await store.operators.byName(name)
    if (account === undefined || account.uid !== uid) return undefined
    const changed = change(account)
    if (changed === undefined) return undefined
    if ((await store.operators.save(by, changed)) === 'saved') return { ...changed, version: changed.version + 1 }
  }
}
