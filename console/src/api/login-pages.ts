import { redirectUrlFault } from '../../../src/domain/redirect-url.ts'
import { customScopes, standardScopes } from '../../../src/domain/scopes.ts'
import type { OAuthFlowType, ResourceServerType, UserPoolClientType } from '../../../src/model/types.gen.ts'
import type { ClientChanges } from './client-changes.ts'

/** The grants as AWS's console names them. */
export const grants: readonly { readonly grant: OAuthFlowType; readonly text: string; readonly why: string }[] = [
  { grant: 'code', text: 'Authorization code grant', why: 'The application gets a code and exchanges it for tokens.' },
  { grant: 'implicit', text: 'Implicit grant', why: 'Tokens stand in the address of the callback; for tests and old applications.' },
  {
    grant: 'client_credentials',
    text: 'Client credentials',
    why: 'Machine to machine, with the client secret and custom scopes, and with no other grant.',
  },
]

/** The form of an app client's login pages. */
export interface LoginPages {
  readonly isOn: boolean
  readonly callbacks: readonly string[]
  readonly defaultCallback: string
  readonly signOuts: readonly string[]
  readonly providers: readonly string[]
  readonly grants: readonly OAuthFlowType[]
  readonly scopes: readonly string[]
}

/** The form of an app client as it is. */
export const loginPagesOf = (client: UserPoolClientType): LoginPages => ({
  isOn: client.AllowedOAuthFlowsUserPoolClient ?? false,
  callbacks: client.CallbackURLs ?? [],
  defaultCallback: client.DefaultRedirectURI ?? '',
  signOuts: client.LogoutURLs ?? [],
  providers: client.SupportedIdentityProviders ?? [],
  grants: client.AllowedOAuthFlows ?? [],
  scopes: client.AllowedOAuthScopes ?? [],
})

/** The scopes of OpenID Connect, the custom ones of the pool, and those of the client that no resource server has any more. */
export const scopeChoices = (servers: readonly ResourceServerType[], chosen: readonly string[]) => {
  const custom = servers.flatMap(customScopes)
  const gone = chosen.filter((scope) => !standardScopes.includes(scope) && !custom.includes(scope))
  return { standard: standardScopes, custom: [...custom, ...gone] }
}

const given = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter((text) => text !== '')

/** What the API is to change. */
export const loginPagesChanges = (form: LoginPages): ClientChanges => ({
  AllowedOAuthFlowsUserPoolClient: form.isOn,
  CallbackURLs: given(form.callbacks),
  LogoutURLs: given(form.signOuts),
  DefaultRedirectURI: form.defaultCallback === '' ? undefined : form.defaultCallback,
  SupportedIdentityProviders: [...form.providers],
  AllowedOAuthFlows: [...form.grants],
  AllowedOAuthScopes: [...form.scopes],
})

/** What is wrong with the form, as a sentence; the rest is for the API to say. */
export const loginPagesFault = (form: LoginPages): string | undefined => {
  const callbacks = given(form.callbacks)
  const wrong = [...callbacks, ...given(form.signOuts)].map(redirectUrlFault).find((fault) => fault !== undefined)
  if (wrong !== undefined) return wrong
  if (form.defaultCallback !== '' && !callbacks.includes(form.defaultCallback))
    return 'The default redirect URL has to be one of the callback URLs.'
  if (!form.isOn) return undefined
  if (form.grants.length === 0) return 'Choose at least one OAuth grant type.'
  if (form.scopes.length === 0) return 'Choose at least one scope.'
  if (form.grants.includes('client_credentials') && form.grants.length > 1) return 'Client credentials go with no other grant.'
  return callbacks.length === 0 && !form.grants.includes('client_credentials') ? 'The application needs a callback URL.' : undefined
}
