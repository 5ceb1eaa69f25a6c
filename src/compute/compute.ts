import type { KeyObject } from 'node:crypto'

/** The arithmetic that is too slow for the event loop. */
export interface Compute {
  /** g^exponent mod Cognito's 3072-bit N, for verifiers and the server's public values; 384 bytes, big-endian. */
  generatorPower(exponent: Uint8Array): Promise<Uint8Array>
  /** The server's side of SRP's shared secret, (A·v^u)^b mod N; 384 bytes, big-endian. */
  sharedSecret(clientPublic: Uint8Array, verifier: Uint8Array, u: Uint8Array, b: Uint8Array): Promise<Uint8Array>
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(key: KeyObject, data: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}
