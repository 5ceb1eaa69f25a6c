import type { OperatorAccount } from '../domain/operator-account.ts'
import type { By, Store } from '../storage/store.ts'
import { amendOperator } from './amend-operator.ts'
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
export const deleteAccount = async (store: Store, by: By, { name, uid }: Pick<OperatorAccount, 'name' | 'uid'>): Promise<boolean> => {
  for (;;) {
    const account = await store.operators.byName(name)
    if (account === undefined || account.uid !== uid) return false
    const outcome = await store.operators.delete(by, account)
    if (outcome !== 'version conflict') return outcome === 'deleted'
  }
}
