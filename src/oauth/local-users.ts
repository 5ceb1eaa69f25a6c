import { hasLocalUsers } from '../domain/oauth-client.ts'
import type { OpenClient } from '../flows/open-client.ts'
import { RefusedOnPage } from './refusals.ts'

/** Throws RefusedOnPage for an app client that the pool's own users can't sign in to on pages, be it by a login session. */
export const requireLocalUsers = ({ client }: Pick<OpenClient, 'client'>): void => {
  if (!hasLocalUsers(client)) throw new RefusedOnPage('login_pages_unavailable')
}
