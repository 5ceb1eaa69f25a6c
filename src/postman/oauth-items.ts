import type { Auth, Item } from './collection-format.ts'
import { httpItem } from './http-item.ts'
import { scopesOf } from './oauth-settings.ts'
import { codeFromRedirect, tokenFromRedirect } from './page-sign-in.ts'
import { keepFunction } from './scripts/keep.ts'
import { pkceScript } from './scripts/pkce.ts'
import type { PostmanTarget } from './target.ts'

const tokenUrl = '{{oauth_url}}/oauth2/token'

const answered = (what: string) => `pm.test('${what}', () => pm.expect(pm.response.code, pm.response.text()).to.equal(200))`

/** Lines of a test that keep tokens of the token endpoint. */
const keepTokens = (names: readonly ('access_token' | 'id_token' | 'refresh_token')[]): string[] => [
  answered('tokens are issued'),
  'const body = pm.response.code === 200 ? pm.response.json() : {}',
  "pm.test('for the header Authorization', () => pm.expect(body.token_type).to.equal('Bearer'))",
  keepFunction,
  ...names.flatMap((name) => [
    `pm.test('${name} is a text', () => pm.expect(body.${name}).to.be.a('string'))`,
    `keep('oauth_${name}', body.${name})`,
  ]),
]

/** How the app client proves itself at the token endpoint: by its secret in a header, or by its name in the form. */
const clientProof = ({ client }: PostmanTarget): { readonly form: Readonly<Record<string, string>>; readonly auth?: Auth } => {
  if (client.ClientSecret === undefined) return { form: { client_id: '{{client_id}}' } }
  const basic = [
    { key: 'username', value: '{{client_id}}' },
    { key: 'password', value: '{{client_secret}}' },
  ]
  return { form: {}, auth: { type: 'basic', basic } }
}

const tokenItem = (target: PostmanTarget, name: string, form: Readonly<Record<string, string>>, tests: readonly string[]): Item => {
  const proof = clientProof(target)
  return httpItem({ name, url: tokenUrl, form: { ...form, ...proof.form }, ...(proof.auth && { auth: proof.auth }), tests })
}

const userTokens = (target: PostmanTarget) =>
  keepTokens(scopesOf(target.client).includes('openid') ? ['access_token', 'id_token', 'refresh_token'] : ['access_token', 'refresh_token'])

const codeForm = { grant_type: 'authorization_code', code: '{{authorization_code}}', redirect_uri: '{{redirect_uri}}' }

/** Tokens for the code in `authorization_code`. */
export const codeItem = (target: PostmanTarget): Item => tokenItem(target, 'Token for a code', codeForm, userTokens(target))

/** Who is signed in, by the authorization "OAuth 2.0" of the folder; nothing without the scope `openid`. */
export const userInfoItems = (target: PostmanTarget, auth: Auth): Item[] =>
  scopesOf(target.client).includes('openid')
    ? [
        httpItem({
          name: 'userInfo',
          url: '{{oauth_url}}/oauth2/userInfo',
          auth,
          tests: [
            answered('the token is good'),
            "pm.test('the user has a sub', () => pm.expect(pm.response.json().sub).to.be.a('string'))",
          ],
        }),
      ]
    : []

const authorizeUrl = (responseType: string, more = '') =>
  `{{oauth_url}}/oauth2/authorize?response_type=${responseType}&client_id={{client_id}}&redirect_uri={{redirect_uri}}&scope={{scope}}&state=postman${more}`

/** Another code, for the browser that is signed in, bound to a verifier that only this client knows (RFC 7636). */
export const pkceItems = (target: PostmanTarget): Item[] => [
  httpItem({
    name: 'Code with PKCE',
    url: authorizeUrl('code', '&code_challenge={{code_challenge}}&code_challenge_method=S256'),
    before: [pkceScript],
    tests: codeFromRedirect,
    keepsRedirect: true,
  }),
  tokenItem(target, 'Token for a code with PKCE', { ...codeForm, code_verifier: '{{code_verifier}}' }, userTokens(target)),
]

/** Tokens in the address, for the browser that is signed in. */
export const implicitItem = (): Item =>
  httpItem({
    name: 'Tokens in the address',
    url: authorizeUrl('token'),
    tests: tokenFromRedirect,
    keepsRedirect: true,
  })

/** New tokens for `oauth_refresh_token`. */
export const refreshGrantItem = (target: PostmanTarget): Item => {
  const turns = target.client.RefreshTokenRotation?.Feature === 'ENABLED'
  const form = { grant_type: 'refresh_token', refresh_token: '{{oauth_refresh_token}}' }
  return tokenItem(target, 'Refresh', form, keepTokens(turns ? ['access_token', 'refresh_token'] : ['access_token']))
}

/** Ends what `oauth_refresh_token` belongs to; nothing where the app client's tokens can't be revoked. */
export const revokeGrantItems = (target: PostmanTarget): Item[] => {
  if (target.client.EnableTokenRevocation === false) return []
  const proof = clientProof(target)
  const form = { token: '{{oauth_refresh_token}}', ...proof.form }
  return [
    httpItem({
      name: 'Revoke',
      url: '{{oauth_url}}/oauth2/revoke',
      form,
      ...(proof.auth && { auth: proof.auth }),
      tests: [answered('the refresh token is void')],
    }),
  ]
}

/** A token for the app client itself. */
export const machineItem = (target: PostmanTarget): Item =>
  tokenItem(target, 'Token for the app client', { grant_type: 'client_credentials', scope: '{{scope}}' }, keepTokens(['access_token']))

/** The documents that say where everything is and which keys verify tokens. */
export const discoveryItems = (): Item[] => [
  httpItem({
    name: 'openid-configuration',
    url: '{{endpoint}}/{{pool_id}}/.well-known/openid-configuration',
    tests: [
      answered('the document is there'),
      "pm.test('it names the keys', () => pm.expect(pm.response.json().jwks_uri).to.match(/jwks[.]json$/))",
    ],
  }),
  httpItem({
    name: 'jwks.json',
    url: '{{endpoint}}/{{pool_id}}/.well-known/jwks.json',
    tests: [answered('the document is there'), "pm.test('it has keys', () => pm.expect(pm.response.json().keys).to.not.be.empty)"],
  }),
]
