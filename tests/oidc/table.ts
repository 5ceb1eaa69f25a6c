/** A profile of the OpenID Foundation's certification, or what of it applies here. */
export type Profile = 'Basic OP' | 'Implicit OP' | 'Config OP' | 'RP-Initiated Logout OP' | 'Back-Channel Logout OP' | 'Dynamic OP, in part'

/** 'pass', or why the answer is another one: what Cognito does. */
export type Outcome = 'pass' | { readonly deviates: string }

/** One check of a profile. */
export interface Row {
  /** The module of the OpenID Foundation's conformance suite. */
  readonly id: string
  readonly profile: Profile
  readonly demands: string
  /** Without settings. */
  readonly usual: Outcome
  readonly strict: Outcome
}

type Told = readonly [id: string, demands: string, usual?: Outcome, strict?: Outcome]

const rowsOf = (profile: Profile, told: readonly Told[]): Row[] =>
  told.map(([id, demands, usual = 'pass', strict = 'pass']) => ({ id, profile, demands, usual, strict }))

const texts: Outcome = {
  deviates: 'userInfo writes every value as text, verified flags, `updated_at` and `address` too, as the guide shows it.',
}
const onlyGet: Outcome = { deviates: 'userInfo takes GET only.' }
const noAddress: Outcome = { deviates: 'There is no scope `address`: `invalid_scope`.' }
const ignored: Outcome = { deviates: 'The parameter is ignored like any other that the guide does not name.' }
const noType: Outcome = { deviates: 'Cognito has the response types `code` and `token` only: `invalid_request`, in the query.' }
const noRelyingParty: Outcome = {
  deviates: '/logout takes Cognito’s parameters only, and leads to the error page (the setting rp-initiated-logout changes that alone).',
}

const basic = rowsOf('Basic OP', [
  ['oidcc-server', 'The code flow with state and nonce: a sound ID token, a bearer token, and userInfo of the same `sub`.'],
  ['oidcc-response-type-missing', 'A request without `response_type` goes back with an error and the state.'],
  ['oidcc-idtoken-signature', 'A published key, found by `kid`, verifies the ID token.'],
  ['oidcc-idtoken-unsigned', 'ID tokens without a signature are not offered, and not issued.'],
  ['oidcc-userinfo-get', 'userInfo by GET, all claims of their standard types.', texts],
  ['oidcc-userinfo-post-header', 'userInfo by POST with the token in the header.', onlyGet],
  ['oidcc-userinfo-post-body', 'userInfo by POST with the token in the form.', onlyGet],
  ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', 'The code flow without a nonce gives an ID token without one.'],
  ['oidcc-scope-profile', '`profile` opens the profile claims, of their standard types.', texts],
  ['oidcc-scope-email', '`email` opens address and verified flag, a boolean.', texts],
  ['oidcc-scope-address', '`address` opens the address, an object, and nothing else.', noAddress],
  ['oidcc-scope-phone', '`phone` opens number and verified flag, a boolean.', texts],
  ['oidcc-scope-all', 'All standard scopes at once open all of their claims.', noAddress],
  ['oidcc-ensure-other-scope-order-succeeds', 'The order of scopes changes nothing.', texts],
  ['oidcc-display-page', '`display=page` does no harm.'],
  ['oidcc-display-popup', '`display=popup` does no harm.'],
  ['oidcc-prompt-login', '`prompt=login` asks somebody who is signed in again, and `auth_time` moves on.'],
  ['oidcc-prompt-none-not-logged-in', '`prompt=none` answers `login_required` when nobody is signed in.'],
  ['oidcc-prompt-none-logged-in', '`prompt=none` goes straight back when somebody is, with the same `sub` and `auth_time`.'],
  ['oidcc-max-age-1', '`max_age=1` asks again after more than a second, and `auth_time` moves on.'],
  ['oidcc-max-age-10000', '`max_age=10000` asks nobody again at once; `auth_time` stays.'],
  ['oidcc-ensure-request-with-unknown-parameter-succeeds', 'Parameters that nobody knows do no harm.'],
  ['oidcc-id-token-hint', '`prompt=none` with the user’s own ID token as `id_token_hint` goes straight back.'],
  ['oidcc-login-hint', '`login_hint` does no harm, and stands in the form.'],
  ['oidcc-ui-locales', '`ui_locales` does no harm.'],
  ['oidcc-claims-locales', '`claims_locales` does no harm.'],
  ['oidcc-ensure-request-with-acr-values-succeeds', '`acr_values` that nobody knows do no harm.'],
  ['oidcc-codereuse', 'A code that comes again is refused with `invalid_grant`.'],
  ['oidcc-codereuse-30seconds', 'The same half a minute later, and the tokens of the first use are dead.'],
  ['oidcc-ensure-registered-redirect-uri', 'An address that is not registered is never gone to.'],
  [
    'oidcc-ensure-post-request-succeeds',
    'The authorization endpoint takes a form by POST.',
    { deviates: 'It takes GET only, as the guide says: status 405.' },
  ],
  ['oidcc-server-client-secret-post', 'The code flow with the client’s secret in the form.'],
  [
    'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    '`request_uri` is obeyed, or refused with `request_uri_not_supported`.',
    ignored,
  ],
  [
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    '`request` is obeyed, or refused with `request_not_supported`.',
    ignored,
  ],
  ['oidcc-claims-essential', 'The `claims` parameter does no harm, and the claim asked for is there.'],
  ['oidcc-ensure-request-object-with-redirect-uri', 'An address that is not registered is not gone to because a `request` names another.'],
  [
    'oidcc-refresh-token',
    'A refreshed ID token keeps `iss`, `sub`, `aud` and `auth_time`; another client’s refresh token is `invalid_grant`.',
  ],
  ['oidcc-ensure-request-with-valid-pkce-succeeds', 'The code flow with a PKCE challenge of the method S256.'],
])

const implicit = rowsOf('Implicit OP', [
  ['oidcc-server', 'Tokens behind the `#` with the state: a sound ID token, with `at_hash` where an access token is with it.', noType],
  ['oidcc-idtoken-signature', 'A published key, found by `kid`, verifies the ID token.', noType],
  ['oidcc-ensure-request-without-nonce-fails', 'A request without a nonce is refused, behind the `#`.', noType],
  ['oidcc-scope-profile', '`profile` opens the profile claims: in the ID token where that is all there is.', noType],
  ['oidcc-scope-email', '`email` opens address and verified flag, likewise.', noType],
  ['oidcc-scope-address', '`address` opens the address, likewise.', noType],
  ['oidcc-scope-phone', '`phone` opens number and verified flag, likewise.', noType],
  ['oidcc-scope-all', 'All standard scopes at once open all of their claims.', noType],
  ['oidcc-ensure-other-scope-order-succeeds', 'The order of scopes changes nothing.', noType],
  ['oidcc-display-page', '`display=page` does no harm.', noType],
  ['oidcc-display-popup', '`display=popup` does no harm.', noType],
  ['oidcc-prompt-login', '`prompt=login` asks somebody who is signed in again, and `auth_time` moves on.', noType],
  ['oidcc-prompt-none-not-logged-in', '`prompt=none` answers `login_required` behind the `#` when nobody is signed in.', noType],
  ['oidcc-prompt-none-logged-in', '`prompt=none` goes straight back when somebody is, with the same `sub` and `auth_time`.', noType],
  ['oidcc-max-age-1', '`max_age=1` asks again after more than a second, and `auth_time` moves on.', noType],
  ['oidcc-max-age-10000', '`max_age=10000` asks nobody again at once; `auth_time` stays.', noType],
  ['oidcc-ensure-request-with-unknown-parameter-succeeds', 'Parameters that nobody knows do no harm.', noType],
  ['oidcc-id-token-hint', '`prompt=none` with the user’s own ID token as `id_token_hint` goes straight back.', noType],
  ['oidcc-login-hint', '`login_hint` does no harm, and stands in the form.', noType],
  ['oidcc-ui-locales', '`ui_locales` does no harm.', noType],
  ['oidcc-claims-locales', '`claims_locales` does no harm.', noType],
  ['oidcc-ensure-request-with-acr-values-succeeds', '`acr_values` that nobody knows do no harm.', noType],
  ['oidcc-ensure-registered-redirect-uri', 'An address that is not registered is never gone to.'],
  [
    'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    '`request_uri` is obeyed, or refused with `request_uri_not_supported`.',
    noType,
  ],
  [
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    '`request` is obeyed, or refused with `request_not_supported`.',
    noType,
  ],
  ['oidcc-ensure-request-object-with-redirect-uri', 'An address that is not registered is not gone to because a `request` names another.'],
  ['oidcc-claims-essential', 'The `claims` parameter does no harm, and the claim asked for is there.', noType],
  ['oidcc-userinfo-get', 'userInfo by GET with the access token of `id_token token`.', noType],
  ['oidcc-userinfo-post-header', 'userInfo by POST with that token in the header.', noType],
  ['oidcc-userinfo-post-body', 'userInfo by POST with that token in the form.', noType],
  ['oidcc-response-type-missing', 'A request without `response_type` goes back with an error and the state.'],
])

const config = rowsOf('Config OP', [
  [
    'oidcc-discovery-endpoint-verification',
    'The published configuration is whole, its endpoints are https, its keys are public ones, and what it leaves out is so by default.',
    {
      deviates:
        'It has the members that Cognito publishes: no `claims_supported`, and `request_uri`, supported where nothing is said, is not.',
    },
  ],
])

const logout = rowsOf('RP-Initiated Logout OP', [
  ['oidcc-rp-initiated-logout-discovery-endpoint-verification', '`end_session_endpoint` is published, with https.'],
  ['oidcc-rp-initiated-logout', 'Hint, address and state: signed out, back at the address with the state.', noRelyingParty],
  ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'An address that is not registered is not gone to.'],
  ['oidcc-rp-initiated-logout-modified-id-token-hint', 'With a hint whose `alg` became none, the address is not gone to.'],
  ['oidcc-rp-initiated-logout-no-id-token-hint', 'With an address and no hint, the address is not gone to unasked.'],
  [
    'oidcc-rp-initiated-logout-no-params',
    'No parameters at all: signed out, at most after a question, on a page that says so.',
    noRelyingParty,
  ],
  ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri', 'A hint and no address: signed out, on a page that says so.', noRelyingParty],
  ['oidcc-rp-initiated-logout-no-state', 'Hint and address without a state: back at the address without one.', noRelyingParty],
  ['oidcc-rp-initiated-logout-only-state', 'A state alone: signed out, at most after a question, on a page that says so.', noRelyingParty],
  ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', 'A registered address with a query added is not gone to.'],
  ['oidcc-rp-initiated-logout-bad-id-token-hint', 'With a hint that another one signed, the address is not gone to.'],
])

const backChannel = rowsOf('Back-Channel Logout OP', [
  ['oidcc-backchannel-logout-discovery-endpoint-verification', 'The configuration says that logout tokens are sent, with session ids.'],
  [
    'oidcc-backchannel-rp-initiated-logout',
    'A sign-out by the relying party sends it a sound logout token of the ID token’s `sub` and `sid`, and nobody is signed in afterwards.',
    noRelyingParty,
  ],
])

const dynamic = rowsOf('Dynamic OP, in part', [
  ['oidcc-idtoken-rs256', 'ID tokens are signed with RS256.'],
  [
    'oidcc-ensure-redirect-uri-in-authorization-request',
    'A request without `redirect_uri` is refused.',
    { deviates: 'Cognito takes a client’s default callback URL, or its only one.' },
  ],
  ['oidcc-redirect-uri-query-OK', 'A registered address with a query is gone to, with its query.'],
  ['oidcc-redirect-uri-query-added', 'A registered address with a query added is not gone to.'],
  ['oidcc-redirect-uri-query-mismatch', 'A registered address with another query is not gone to.'],
  ['oidcc-redirect-uri-regfrag', 'An address with a fragment can’t be registered.'],
  ['oidcc-server-rotate-keys', 'After a rotation another key signs, which is published, as the one before still is.'],
  [
    'oidcc-ensure-client-assertion-with-iss-aud-succeeds',
    'Clients may authenticate with a signed assertion.',
    { deviates: 'App clients have secrets only, and the configuration says so.' },
    { deviates: 'App clients have secrets only, and the configuration says so.' },
  ],
  [
    'oidcc-userinfo-rs256',
    'userInfo can be a signed token.',
    { deviates: 'userInfo is JSON only, and the configuration offers nothing else.' },
    { deviates: 'userInfo is JSON only, and the configuration offers nothing else.' },
  ],
])

/** Every check, profile by profile in the order of the suite's plans. */
export const table: readonly Row[] = [...basic, ...implicit, ...config, ...logout, ...backChannel, ...dynamic]
