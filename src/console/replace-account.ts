import type { OperatorAccount } from '../domain/operator-account.ts'
import type { By, Store } from '../storage/store.ts'
import { amendOperator, writeOperator } from './amend-operator.ts'
import { type Invitation, newInvitation } from './invitation.ts'
import type { OperatorServices } from './operator-services.ts'

/**
 * Takes password and authenticator off an operator, whose sessions end at once, and makes a new link for setting up; undefined when the
 * account is gone. Boundaries and makers never change, so a check of them that was made before still holds.
 */
export const resetAccount = async (
  services: Pick<OperatorServices, 'store' | 'random' | 'clock' | 'adminUrl'>,
  by: By,
  account: Pick<OperatorAccount, 'name' | 'uid'>,
): Promise<Invitation | undefined> => {
  const invitation = newInvitation(services, account.name)
  const saved = await amendOperator(services.store, by, account, ({ passwordHash: _, sealedTotp: __, ...rest }) => ({
    ...rest,
    setUp: invitation.setUp,
    generation: rest.generation + 1,
  }))
  return saved && invitation
}

/** Deletes an operator, whose sessions end at once; false when the account was gone. */
export const deleteAccount = async (store: Store, by: By, named: Pick<OperatorAccount, 'name' | 'uid'>): Promise<boolean> =>
  (await writeOperator(store, named, (account) => store.operators.delete(by, account))) === 'deleted'
