import type { OperatorAccount } from '../domain/operator-account.ts'
import type { Store } from '../storage/store.ts'

const pageSize = 100

/** Every operator of the server, in the order of their names. */
export const everyOperator = async (store: Pick<Store, 'operators'>): Promise<OperatorAccount[]> => {
  const accounts: OperatorAccount[] = []
  let page = await store.operators.list({ limit: pageSize })
  for (;;) {
    accounts.push(...page.rows)
    if (page.next === undefined) return accounts
    page = await store.operators.list({ after: page.next, limit: pageSize })
  }
}
