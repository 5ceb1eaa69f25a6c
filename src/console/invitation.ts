import { hash } from 'node:crypto'
import { equalText } from '../crypto/constant-time.ts'
import { type OperatorAccount, operatorSetUpLimit } from '../domain/operator-account.ts'
import type { OperatorServices } from './operator-services.ts'

/** What a link for setting up is made of. */
export interface Invitation {
  /** For the account. */
  readonly setUp: NonNullable<OperatorAccount['setUp']>
  /** For the person; the token stands behind `#`, so that neither proxies nor logs see it. */
  readonly link: string
}

const hashOf = (token: string): string => hash('sha256', token, 'hex')

/** A new link that lets somebody set the account of that name up, once and within a day. */
export const newInvitation = (
  { random, clock, adminUrl }: Pick<OperatorServices, 'random' | 'clock' | 'adminUrl'>,
  name: string,
): Invitation => {
  const token = `${name}.${Buffer.from(random.bytes(32)).toString('base64url')}`
  return {
    setUp: { hash: hashOf(token), expiresAt: clock.now() + operatorSetUpLimit },
    link: `${adminUrl()}/console/set-up#${token}`,
  }
}

/** The account that a link's token lets somebody set up now; undefined for a token that was used, replaced, is too old or made up. */
export const findInvited = async (
  { store, clock }: Pick<OperatorServices, 'store' | 'clock'>,
  token: string,
): Promise<OperatorAccount | undefined> => {
  const [, name] = /^([a-z0-9_.@-]{1,64})\.[\w-]{43}$/.exec(token) ?? []
  const account = name === undefined ? undefined : await store.operators.byName(name)
  const { setUp } = account ?? {}
  return setUp !== undefined && clock.now() < setUp.expiresAt && equalText(hashOf(token), setUp.hash) ? account : undefined
}

/** Whether an account still has the link that it had when it was found. */
export const holdsLink = (now: Pick<OperatorAccount, 'setUp'>, found: Pick<OperatorAccount, 'setUp'>): boolean =>
  now.setUp !== undefined && now.setUp.hash === found.setUp?.hash
