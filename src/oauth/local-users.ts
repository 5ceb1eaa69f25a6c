import type { OpenClient } from '../flows/open-client.ts'
import { RefusedOnPage } from './refusals.ts'

/**
 * Throws RefusedOnPage for an app client that the pool's own users can't sign in to on pages, be it by a login session. guess: that is every
 * client whose SupportedIdentityProviders lack COGNITO, also where the list was never set.
 */
export const requireLocalUsers = ({ client }: Pick<OpenClient, 'client'>): void => {
  if (!client.SupportedIdentityProviders?.includes('COGNITO')) throw new RefusedOnPage('login_pages_unavailable')
}
