import type { KeyObject } from 'node:crypto'

/** What a server needs for one exchange of SRP, and for that one alone (RFC 5054 section 2.5.3): 32 random bytes b, and g^b mod N, 384 bytes. */
export interface Ephemeral {
  readonly secret: Uint8Array
  readonly power: Uint8Array
}

/** The arithmetic that is too slow for the event loop. */
export interface Compute {
  /** g^exponent mod Cognito's 3072-bit N, for verifiers; 384 bytes, big-endian. */
  generatorPower(exponent: Uint8Array): Promise<Uint8Array>
  /** A value that nobody was given before, for the server's public value. */
  ephemeral(): Promise<Ephemeral>
  /** The server's side of SRP's shared secret, (A·v^u)^b mod N; 384 bytes, big-endian. */
  sharedSecret(clientPublic: Uint8Array, verifier: Uint8Array, u: Uint8Array, b: Uint8Array): Promise<Uint8Array>
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(key: KeyObject, data: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}
