import { sign } from 'node:crypto'
import { generatorPower } from '../crypto/generator-power.ts'
import { sharedSecret } from '../crypto/shared-secret.ts'
import type { Random } from '../random.ts'
import type { Compute } from './compute.ts'

/** Computes where it is called, holding the event loop meanwhile: for tests and single commands. */
export const createInlineCompute = (random: Random): Compute => ({
  generatorPower: async (exponent) => generatorPower(exponent),
  ephemeral: async () => {
    const secret = random.bytes(32)
    return { secret, power: generatorPower(secret) }
  },
  sharedSecret: async (clientPublic, verifier, u, b) => sharedSecret(clientPublic, verifier, u, b),
  sign: async (key, data) => sign('RSA-SHA256', data, key),
  close: async () => {},
})
