import { sign } from 'node:crypto'
import { modPowN } from '../crypto/mod-pow.ts'
import type { Compute } from './compute.ts'

/** Computes where it is called, holding the event loop meanwhile: for tests and single commands. */
export const createInlineCompute = (): Compute => ({
  modPow: async (base, exponent) => modPowN(base, exponent),
  sign: async (key, data) => sign('RSA-SHA256', data, key),
  close: async () => {},
})
