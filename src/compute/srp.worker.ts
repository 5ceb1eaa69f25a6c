import { parentPort } from 'node:worker_threads'
import { generatorPower, prepareGeneratorPowers } from '../crypto/generator-power.ts'
import { sharedSecret } from '../crypto/shared-secret.ts'
import { computeBatch, type SrpBatch } from './srp-batch.ts'
import { yieldToLoop } from './yield-to-loop.ts'

yieldToLoop()

// Before the first computation arrives, which would wait for it.
prepareGeneratorPowers()

// The other side of thread-compute: one message with several computations in, one message with their results out.
parentPort?.on('message', (batch: SrpBatch) => {
  const answer = computeBatch(batch, { generatorPower, sharedSecret })
  parentPort?.postMessage(answer, [answer])
})
