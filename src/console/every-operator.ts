import { everyRow } from '../domain/every-row.ts'
import type { OperatorAccount } from '../domain/operator-account.ts'
import type { Store } from '../storage/store.ts'

/** Every operator of the server, in the order of their names. */
export const everyOperator = async ({ operators }: Pick<Store, 'operators'>): Promise<OperatorAccount[]> =>
  Array.fromAsync(everyRow(operators.list))
