import { sign } from 'node:crypto'
import { modPowN } from '../crypto/mod-pow.ts'
import { sharedSecret } from '../crypto/shared-secret.ts'
import type { Compute } from './compute.ts'

/** Computes where it is called, holding the event loop meanwhile: for tests and single commands. */
export const createInlineCompute = (): Compute => ({
  modPow: async (base, exponent) => modPowN(base, exponent),
  sharedSecret: async (clientPublic, verifier, u, b) => sharedSecret(clientPublic, verifier, u, b),
  sign: async (key, data) => sign('RSA-SHA256', data, key),
  close: async () => {},
})
