import { boundariesUnder, mostOperators, type OperatorAccount } from '../domain/operator-account.ts'
import type { By } from '../storage/store.ts'
import { type Invitation, newInvitation } from './invitation.ts'
import type { OperatorServices } from './operator-services.ts'

/** Whom to invite. */
export interface NewOperator {
  readonly name: string
  readonly policy: unknown
  /** Bounds the new one; undefined: the command line, which nothing bounds. */
  readonly maker: OperatorAccount | undefined
}

/** Makes an operator and the link for setting up; name and policy were looked at. Refused: the name is taken, or there are too many. */
export const inviteOperator = async (
  services: Pick<OperatorServices, 'store' | 'random' | 'clock' | 'adminUrl'>,
  by: By,
  { name, policy, maker }: NewOperator,
): Promise<Invitation | { readonly refused: 'name taken' | 'too many' }> => {
  const { store, random, clock } = services
  const invitation = newInvitation(services, name)
  const account: OperatorAccount = {
    name,
    uid: random.uuid(),
    version: 1,
    policy: JSON.stringify(policy),
    boundaries: maker === undefined ? [] : boundariesUnder(maker),
    madeBy: maker === undefined ? [] : [maker.uid, ...maker.madeBy],
    generation: 0,
    setUp: invitation.setUp,
    createdAt: clock.now(),
  }
  const outcome = await store.operators.create(by, account, mostOperators)
  return outcome === 'created' ? invitation : { refused: outcome }
}
