import { confirmsByLink, type MessageKind } from './messages.ts'
import { poolUrl } from './pool-url.ts'
import type { Medium } from './recipient.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

/**
 * Why a message that is to bring a link can't be sent: the link leads to a page of the pool's domain, and the pool has none
 * (InvalidParameterException, in AWS's words: amplify-js#4489).
 */
export const linkFault = (pool: UserPool, kind: MessageKind, medium: Medium): string | undefined =>
  confirmsByLink(pool, kind, medium) && !pool.domains?.length
    ? 'Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool'
    : undefined

/** What a sign-up is confirmed with, by a click on a link. */
interface Confirmable {
  readonly clientId: string
  readonly user: Pick<User, 'username'>
  readonly code: string
}

/** The link that confirms a sign-up (developer guide, "Customizing email verification messages"; without the slash, as captured: amplify-js#612). */
export const confirmationLink = (publicUrl: string, pool: UserPool, { clientId, user, code }: Confirmable): string => {
  const query = new URLSearchParams({ client_id: clientId, user_name: user.username, confirmation_code: code })
  return `${poolUrl(publicUrl, pool)}/confirmUser?${query}`
}
