import type { Environment } from './collection-format.ts'
import { callbackOf, scopesOf } from './oauth-settings.ts'
import type { PostmanTarget } from './target.ts'
import { testPasswords } from './test-passwords.ts'

/** Values that Postman masks. */
const secrets: readonly string[] = [
  'secret_key',
  'session_token',
  'client_secret',
  'access_token',
  'id_token',
  'refresh_token',
  'oauth_access_token',
  'oauth_refresh_token',
]

const keysOf = ({ credentials }: PostmanTarget): Record<string, string> =>
  credentials === 'vault'
    ? {}
    : { access_key: credentials.accessKeyId, secret_key: credentials.secretKey, session_token: credentials.sessionToken ?? '' }

/** The values that the collection starts with, by name; those of a run are added while it runs. */
export const environmentValues = (target: PostmanTarget): Readonly<Record<string, string>> => {
  const { endpoint, region, pool, client, oauthUrl, mailboxUrl } = target
  const [first, second, third] = testPasswords(pool.Policies?.PasswordPolicy)
  return {
    endpoint,
    region,
    pool_id: pool.Id,
    client_id: client.ClientId,
    client_secret: client.ClientSecret ?? '',
    ...keysOf(target),
    oauth_url: oauthUrl,
    redirect_uri: callbackOf(client) ?? '',
    scope: scopesOf(client).join(' '),
    mailbox_url: mailboxUrl ?? '',
    first_password: first,
    second_password: second,
    third_password: third,
    // What people type in who have no mailbox.
    code: '',
    feedback_token: '',
    access_token: '',
    id_token: '',
    refresh_token: '',
    oauth_access_token: '',
    oauth_refresh_token: '',
  }
}

/** What the requests of the collection refer to, for this server, pool and app client. */
export const postmanEnvironment = (target: PostmanTarget, name: string): Environment => ({
  name,
  values: Object.entries(environmentValues(target)).map(([key, value]) => ({
    key,
    value,
    type: secrets.includes(key) ? 'secret' : 'default',
    enabled: true,
  })),
  _postman_variable_scope: 'environment',
})
