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
  User: { ...object({ sub: text('Who it is.'), username: text('The user name.') }, ['sub']), additionalProperties: true },
  Error: object({ error: text('The code of RFC 6749, 6750 or 7009.'), error_description: text('For developers.') }, ['error']),
  Keys: object({ keys: { type: 'array', items: { type: 'object', additionalProperties: true } } }, ['keys']),
  Configuration: {
    ...object({ issuer: text('The issuer of the tokens.'), jwks_uri: text('Where the keys are.') }, ['issuer', 'jwks_uri']),
    additionalProperties: true,
  },
}
