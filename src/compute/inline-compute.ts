import { sign } from 'node:crypto'
import { generatorPower } from '../crypto/generator-power.ts'
import { sharedSecret } from '../crypto/shared-secret.ts'
import type { Compute } from './compute.ts'

/** Computes where it is called, holding the event loop meanwhile: for tests and single commands. */
export const createInlineCompute = (): Compute => ({
  generatorPower: async (exponent) => generatorPower(exponent),
  sharedSecret: async (clientPublic, verifier, u, b) => sharedSecret(clientPublic, verifier, u, b),
  sign: async (key, data) => sign('RSA-SHA256', data, key),
  close: async () => {},
})
