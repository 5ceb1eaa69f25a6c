import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { allowedFlows } from '../domain/app-client-config.ts'
import { pagesUsePasskeys } from '../domain/pages-passkeys.ts'
import { requiresPkce } from '../domain/requires-pkce.ts'
import type { Parameters } from '../oauth/parameters.ts'
import type { PageRequest } from './page.ts'
import type { Visit, Visitor } from './visit.ts'

/** In the query of the sign-in page: `first` leads to the new passkey and then on with the authorization, `only` to the passkey alone. */
const field = 'add_passkey'

const without = (query: Parameters, names: readonly string[]): URLSearchParams =>
  new URLSearchParams([...query].filter(([name]) => !names.includes(name)))

/** What the sign-in page wants and nothing comes of: no code is issued, so that nobody ever asks for its verifier. */
const grantFor = ({ policy }: Pick<Context, 'policy'>, client: AppClient): Readonly<Record<string, string>> => {
  if (!client.AllowedOAuthFlows?.includes('code')) return { response_type: 'token' }
  const pkce = requiresPkce(policy, client) ? { code_challenge_method: 'S256', code_challenge: '0'.repeat(43) } : {}
  return { response_type: 'code', ...pkce }
}

/** The sign-in page that comes back to the passkey. Applications need not name a response type there, but the sign-in page wants one. */
export const signInForPasskey = (ctx: Pick<Context, 'policy'>, { query }: Pick<PageRequest, 'query'>, client: AppClient): string => {
  const parameters = without(query, [field])
  parameters.set(field, query.has('response_type') ? 'first' : 'only')
  if (!query.has('response_type')) for (const [name, value] of Object.entries(grantFor(ctx, client))) parameters.set(name, value)
  return `/login?${parameters}`
}

/** The address of the page where a passkey is added, with the parameters of this one. */
export const passkeyPage = ({ query }: Pick<PageRequest, 'query'>): string => {
  const ours = query.get(field) === 'only' ? ['response_type', 'code_challenge', 'code_challenge_method'] : []
  return `/passkeys/add?${without(query, [field, 'other', ...ours])}`
}

/** Where a sign-in leads that was asked for only to add a passkey; undefined where it leads to the application. */
export const passkeyFirst = ({ request, version }: Pick<Visitor, 'request' | 'version'>): string | undefined => {
  const asked = request.query.get(field)
  return version === 2 && (asked === 'first' || asked === 'only') ? passkeyPage(request) : undefined
}

/** Whether somebody who has just signed up is shown where to add a passkey (developer guide, "Register a passkey (managed login)"). */
export const remindsOfPasskey = ({ ctx, request, authorization: { pool, client, maxAge } }: Visit): boolean =>
  maxAge === undefined && allowedFlows(client).has('USER_AUTH') && pagesUsePasskeys(pool, ctx.policy.publicUrl, request.domain?.domain)

/**
 * Where somebody goes on from the page of a passkey.
 * guess: the page of a new passkey goes back with what the authorization endpoint answers where it got a response_type, else to the
 * redirect_uri alone.
 */
export const afterPasskey = ({ query }: Pick<PageRequest, 'query'>, redirectUri: string): string =>
  query.has('response_type') ? `/oauth2/authorize?${without(query, [field, 'prompt'])}` : redirectUri
