const notes: Readonly<Record<string, string>> = {
  sub: 'The user’s id: never changes and is never given to somebody else. In a token of client credentials, the app client’s id.',
  iss: 'Who made the token. Whoever checks a token compares this with the user pool that it trusts.',
  aud: 'The app client that the token is for. Only ID tokens have it.',
  client_id: 'The app client that asked for the token. Only access tokens have it.',
  token_use: 'id: says who the user is. access: lets its bearer call something. An API must not take one for the other.',
  scope: 'What the token allows, separated by spaces.',
  auth_time: 'When the user signed in.',
  iat: 'When the token was made.',
  exp: 'When the token ends.',
  nbf: 'Before this moment the token does not count.',
  jti: 'The token’s own id.',
  origin_jti: 'The id of the sign-in: the same in every token that comes from it, and what revoking the refresh token ends.',
  event_id: 'The sign-in in the user’s history.',
  device_key: 'The device that signed in.',
  username: 'The user’s name in the user pool.',
  'cognito:username': 'The user’s name in the user pool.',
  'cognito:groups': 'The groups that the user is in.',
  'cognito:roles': 'The IAM roles of those groups.',
  'cognito:preferred_role': 'The role of the group with the lowest precedence.',
  nonce: 'What the application sent when the sign-in began, so that it can tell that the token is its answer.',
  at_hash: 'Ties the ID token to the access token that came with it.',
  c_hash: 'Ties the ID token to the code that came with it.',
  acr: 'How strong the sign-in was.',
  amr: 'By what the user proved who he is.',
  identities: 'The identity providers that the user comes from.',
  email: 'The user’s e-mail address.',
  email_verified: 'Whether the user has proved that the e-mail address is his.',
  phone_number: 'The user’s phone number.',
  phone_number_verified: 'Whether the user has proved that the phone number is his.',
  version: 'The form of the access token: 2 since there are scopes.',
}

const moments = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at'])

/** What a claim means (developer guide, "Understanding the ID token" and "Understanding the access token"); empty where only its maker knows. */
export const claimNote = (name: string): string => {
  if (name.startsWith('custom:')) return 'An attribute of the user pool’s own.'
  if (name.startsWith('dev:')) return 'An attribute of the user pool’s own, which only the administrator writes.'
  return notes[name] ?? ''
}

/** The epoch milliseconds that a claim names; undefined for claims that are no times. */
export const claimMoment = (name: string, value: unknown): number | undefined =>
  moments.has(name) && typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e12 ? value * 1000 : undefined

/** How long until a moment, counted from another (both epoch ms): `59 min 59 s left`, or how long ago it was. */
export const timeLeft = (until: number, now: number): string => {
  const seconds = Math.max(0, Math.floor(Math.abs(until - now) / 1000))
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60]
  const text =
    days > 0
      ? `${days} d ${hours} h`
      : hours > 0
        ? `${hours} h ${minutes} min`
        : minutes > 0
          ? `${minutes} min ${seconds % 60} s`
          : `${seconds} s`
  return until > now ? `${text} left` : `ended ${text} ago`
}
