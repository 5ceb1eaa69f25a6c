import type { Form } from './form.ts'
import { OAuthError } from './oauth-error.ts'

/** An app client has no more (API_CreateUserPoolClient). */
const mostScopes = 50

/** The scopes that a request names, each once; none means that it leaves them to the server (RFC 6749 section 3.3). */
export const requestedScopes = (form: Form): string[] => {
  const scopes = [...new Set(form.get('scope')?.split(' '))].filter((scope) => scope !== '')
  if (scopes.length > mostScopes) throw new OAuthError('invalid_scope')
  return scopes
}

/** Scopes without the one that has no effect: refresh tokens come with and without it (developer guide, "The token endpoint"). */
export const withoutOfflineAccess = (scopes: readonly string[]): readonly string[] => scopes.filter((scope) => scope !== 'offline_access')
