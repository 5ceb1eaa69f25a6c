/** What a data key is for; each pool has one key for each. */
export type KeyPurpose =
  | 'verifiers'
  | 'secrets'
  | 'sessions'
  | 'refresh'
  | 'codes'
  | 'totp'
  | 'fake-salts'
  | 'origin-ids'
  | 'pages'
  | 'signing-keys'
  | 'access-keys'
  | 'operators'

/**
 * Seals what must be read again and fingerprints what must only be recognised, under data keys that a master key wraps. Data keys
 * are made at first need. Sealed values open only under the purpose, pool and entity that they were made for.
 */
export interface Keyring {
  /** base64 text that only `open` with the same three names reads. */
  seal(purpose: KeyPurpose, poolUid: string, entity: string, plain: Uint8Array): Promise<string>
  /** The same for many entities at once, at most 65,536, in half the time. */
  sealAll(
    purpose: KeyPurpose,
    poolUid: string,
    values: readonly { readonly entity: string; readonly plain: Uint8Array }[],
  ): Promise<string[]>
  /** Undefined when the text was not sealed by this keyring for these names. */
  open(purpose: KeyPurpose, poolUid: string, entity: string, sealed: string): Promise<Uint8Array | undefined>
  /** HMAC-SHA256 (32 bytes) under the pool's key for the purpose; the same input answers the same bytes for ever. */
  fingerprint(purpose: KeyPurpose, poolUid: string, data: Uint8Array | string): Promise<Uint8Array>
  /** A refresh token in AWS's five-part form around the content. */
  sealRefreshToken(poolUid: string, content: Uint8Array): Promise<string>
  openRefreshToken(poolUid: string, token: string): Promise<Uint8Array | undefined>
  /** A UUID-shaped origin id that carries the user's generation and is good for one app client; unreadable, unforgeable in a token. */
  sealOriginId(poolUid: string, clientUid: string, generation: number): Promise<string>
  /** The generation; undefined for an id that this keyring did not make for the client. */
  openOriginId(poolUid: string, clientUid: string, originId: string): Promise<number | undefined>
}

/** A public signing key as JWKS shows it. */
export interface PublicJwk {
  readonly kty: 'RSA'
  readonly alg: 'RS256'
  readonly use: 'sig'
  readonly kid: string
  readonly n: string
  readonly e: string
}

/** A compact JWS taken apart, before anything has proved it. */
export interface UnprovedJwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  /** All three parts as they came. */
  readonly text: string
}

/** The RSA keys that sign a pool's tokens: one line of keys for ID tokens, another for access tokens. */
export interface SigningKeys {
  /** A compact JWS over the claims, header `{kid, alg}` as Cognito writes it, and `typ` where one is given. */
  sign(poolUid: string, use: 'id' | 'access', claims: object, typ?: string): Promise<string>
  /** Takes a token apart; undefined for one that is not canonical. Nothing in it is proved. */
  read(token: string): UnprovedJwt | undefined
  /**
   * The claims when one of the pool's published keys for the use signed them; undefined otherwise. Expiry is the caller's to check. What was
   * verified before, and access tokens that were signed here, are remembered: they cost no arithmetic again.
   */
  verify(poolUid: string, use: 'id' | 'access', jwt: UnprovedJwt): Promise<UnprovedJwt['payload'] | undefined>
  /** Everything a verifier needs now: next, current and retired keys. */
  published(poolUid: string): Promise<PublicJwk[]>
  /** Adds a key to both lines, published at once and signing after `delay` ms; answers the new key ids. */
  rotate(poolUid: string, delay: number): Promise<string[]>
}
