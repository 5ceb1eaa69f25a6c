type Schema = Readonly<Record<string, unknown>>

const text = (description: string): Schema => ({ type: 'string', description })

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
})

const grant = (name: string, properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema =>
  object({ grant_type: { const: name }, client_id: text('Unless the client proves itself in the header Authorization.'), ...properties }, [
    'grant_type',
    ...required,
  ])

const clientSecret = text('Of clients with a secret, unless it stands in the header Authorization.')

const list = (description: string, items: Schema): Schema => ({ type: 'array', description, items })

/** What a client says of itself (RFC 7591 section 2), as far as the server knows it. */
const clientMetadata: Readonly<Record<string, Schema>> = {
  client_name: { ...text('At most 128 characters.'), maxLength: 128 },
  redirect_uris: {
    ...list('Where people come back to; at least one for authorization_code.', { type: 'string', format: 'uri' }),
    maxItems: 100,
  },
  grant_types: list('authorization_code unless given; refresh tokens come with it. It can’t be combined with client_credentials.', {
    enum: ['authorization_code', 'refresh_token', 'client_credentials'],
  }),
  response_types: list('code, for authorization_code.', { const: 'code' }),
  token_endpoint_auth_method: {
    enum: ['client_secret_basic', 'client_secret_post', 'none'],
    default: 'client_secret_basic',
    description: 'none: without a secret.',
  },
  scope: text('Parted by blanks; all that a registered client may have unless it is given.'),
}

/** What the endpoints take and answer. */
export const openApiSchemas: Readonly<Record<string, Schema>> = {
  AuthorizationCodeGrant: grant(
    'authorization_code',
    {
      client_secret: clientSecret,
      code: text('The code from the redirect; it is good once.'),
      redirect_uri: text('The one of the authorization request.'),
      code_verifier: text('With PKCE: what code_challenge was made from.'),
    },
    ['code', 'redirect_uri'],
  ),
  RefreshTokenGrant: grant('refresh_token', { client_secret: clientSecret, refresh_token: text('A refresh token.') }, ['refresh_token']),
  ClientCredentialsGrant: grant(
    'client_credentials',
    { client_secret: clientSecret, scope: text('Parted by blanks; all of the client’s unless it is given.') },
    [],
  ),
  Tokens: object(
    {
      access_token: text('A JSON Web Token.'),
      id_token: text('A JSON Web Token; where the scope openid was granted.'),
      refresh_token: text('With a code, and with a refresh token that rotates.'),
      expires_in: { type: 'integer', description: 'Seconds until the access token expires.' },
      token_type: { const: 'Bearer' },
    },
    ['access_token', 'expires_in', 'token_type'],
  ),
  Revocation: object({ token: text('A refresh token.'), client_id: text('Of clients without a secret.'), client_secret: clientSecret }, [
    'token',
  ]),
  Introspection: object(
    {
      token: text('An access token or a refresh token.'),
      token_type_hint: text('Has no effect.'),
      client_id: text('Unless it stands in the header Authorization.'),
      client_secret: text('Unless it stands in the header Authorization.'),
    },
    ['token'],
  ),
  TokenState: object(
    {
      active: { type: 'boolean', description: 'Whether the token is good; false stands alone.' },
      scope: text('Parted by blanks.'),
      client_id: text('The app client that the token was issued to.'),
      username: text('Of a user’s token: the user name.'),
      token_type: { enum: ['Bearer', 'refresh_token'], description: 'refresh_token opens nothing by itself.' },
      exp: { type: 'integer', description: 'When it expires, in seconds since 1970.' },
      iat: { type: 'integer', description: 'When it was issued, in seconds since 1970; of access tokens.' },
      sub: text('The user, or the app client itself.'),
      aud: text('The API that the token was asked for with resource.'),
      iss: text('The issuer.'),
      jti: text('The id of an access token.'),
    },
    ['active'],
  ),
  ClientMetadata: { ...object(clientMetadata), description: 'Members that nobody knows are ignored (RFC 7591 section 2).' },
  RegisteredClient: object(
    {
      client_id: text('The id of the app client.'),
      client_secret: text('Shown this once; not there with token_endpoint_auth_method none.'),
      client_secret_expires_at: { const: 0, description: 'Never; beside a client_secret.' },
      client_id_issued_at: { type: 'integer', description: 'Seconds since 1970.' },
      ...clientMetadata,
    },
    [
      'client_id',
      'client_id_issued_at',
      'client_name',
      'redirect_uris',
      'grant_types',
      'response_types',
      'token_endpoint_auth_method',
      'scope',
    ],
  ),
  User: { ...object({ sub: text('Who it is.'), username: text('The user name.') }, ['sub']), additionalProperties: true },
  Error: object({ error: text('The code of RFC 6749, 6750, 7009 or 7591.'), error_description: text('For developers.') }, ['error']),
  Keys: object({ keys: { type: 'array', items: { type: 'object', additionalProperties: true } } }, ['keys']),
  Configuration: {
    ...object({ issuer: text('The issuer of the tokens.'), jwks_uri: text('Where the keys are.') }, ['issuer', 'jwks_uri']),
    additionalProperties: true,
  },
}
