import { modPowN } from './mod-pow.ts'
import { serverBase } from './srp.ts'

/** The server's side of SRP's shared secret, S = (A·v^u)^b mod N, 384 bytes. */
export const sharedSecret = (clientPublic: Uint8Array, verifier: Uint8Array, u: Uint8Array, b: Uint8Array): Buffer =>
  modPowN(serverBase(clientPublic, modPowN(verifier, u)), b)
