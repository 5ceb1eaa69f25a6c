import type { Environment } from './collection-format.ts'
import { callbackOf, scopesOf } from './oauth-settings.ts'
import type { PostmanTarget } from './target.ts'
import { testPasswords } from './test-passwords.ts'

/** Of the environment from its beginning, and masked by Postman. */
const givenSecrets: readonly string[] = [
  'access_key',
  'secret_key',
  'session_token',
  'client_secret',
  'first_password',
  'second_password',
  'third_password',
]

/** What a run fills in; Postman masks it because it is there before, and empty. */
const secretsOfRun: readonly string[] = [
  'access_token',
  'authorization_code',
  'code',
  'code_verifier',
  'device_secret',
  'feedback_token',
  'guest_password',
  'id_token',
  'member_password',
  'new_access_token',
  'oauth_access_token',
  'oauth_id_token',
  'oauth_refresh_token',
  'page_form',
  'password',
  'practice_access_token',
  'practice_password',
  'practice_refresh_token',
  'practice_session',
  'program_access_token',
  'program_client_secret',
  'refresh_token',
  'secret_hash',
  'session',
  'srp_secret',
  'totp_code',
  'totp_secret',
  'visitor_password',
]

const secrets: ReadonlySet<string> = new Set([...givenSecrets, ...secretsOfRun])

const keysOf = ({ credentials }: PostmanTarget): Record<string, string> =>
  credentials === 'vault'
    ? { session_token: '' }
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
    // People who have no mailbox type `code` in.
    ...Object.fromEntries(secretsOfRun.map((name) => [name, ''])),
  }
}

/** What the requests of the collection refer to, for this server, pool and app client. */
export const postmanEnvironment = (target: PostmanTarget, name: string): Environment => ({
  name,
  values: Object.entries(environmentValues(target)).map(([key, value]) => ({
    key,
    value,
    type: secrets.has(key) ? 'secret' : 'default',
    enabled: true,
  })),
  _postman_variable_scope: 'environment',
})
