import { apiItem } from './api-item.ts'
import type { Folder, Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { oauthAuth, type PostmanGrant } from './oauth-auth.ts'
import {
  codeItem,
  discoveryItems,
  implicitItem,
  machineItem,
  pkceItems,
  refreshGrantItem,
  revokeGrantItems,
  userInfoItems,
} from './oauth-items.ts'
import { callbackOf, grantsOf } from './oauth-settings.ts'
import { pageSignIn, pageSignOut } from './page-sign-in.ts'
import { ref, visitor } from './person.ts'
import type { PostmanTarget } from './target.ts'

const description = `Every grant that the app client may use. In Postman the folders' authorization "OAuth 2.0" gets a token by "Get New Access
Token"; the requests do the same over HTTP, as Newman has no window: a script fills in the forms of the sign-in pages.`

const grantFolder = (target: PostmanTarget, name: string, grant: PostmanGrant, item: Item[], withUser = true): Folder => {
  const auth = oauthAuth(target, grant)
  return { name, auth, item: withUser ? [...item, ...userInfoItems(target, auth)] : item }
}

/** The grants for which somebody signs in on the pages; a client without the identity provider of the pool has no form for that. */
const pageFolders = (target: PostmanTarget): Folder[] => {
  const { client } = target
  const grants = grantsOf(client).filter((grant) => grant !== 'client_credentials')
  const local = client.SupportedIdentityProviders?.includes('COGNITO') === true && callbackOf(client) !== undefined
  const signIn = grants.length > 0 && local ? pageSignIn(target, grants.includes('code') ? 'code' : 'token') : undefined
  if (signIn === undefined) return []
  const known = { UserPoolId: '{{pool_id}}', Username: ref(visitor.name) }
  const withCode: Folder[] = [
    grantFolder(target, 'Authorization code', 'authorization_code', [codeItem(target)]),
    grantFolder(target, 'Authorization code with PKCE', 'authorization_code_with_pkce', pkceItems(target)),
  ]
  const withRefresh: Folder = { name: 'Refresh and revoke', item: [refreshGrantItem(target), ...revokeGrantItems(target)] }
  return [
    { name: 'Sign-in on the pages', item: signIn },
    ...(grants.includes('code') ? withCode : []),
    ...(grants.includes('implicit') ? [grantFolder(target, 'Implicit', 'implicit', [implicitItem()])] : []),
    ...(grants.includes('code') ? [withRefresh] : []),
    {
      name: 'Sign-out',
      item: [pageSignOut(), apiItem(target, 'AdminDeleteUser', exampleInput('AdminDeleteUser', known))],
    },
  ]
}

/** The OAuth grants of the app client, and the documents that tell clients where everything is. */
export const oauthFolder = (target: PostmanTarget): Folder => {
  const machine = grantsOf(target.client).includes('client_credentials')
  const own = machine ? [grantFolder(target, 'Client credentials', 'client_credentials', [machineItem(target)], false)] : []
  return { name: 'OAuth 2.0', description, item: [{ name: 'Documents', item: discoveryItems() }, ...pageFolders(target), ...own] }
}
