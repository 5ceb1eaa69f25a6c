import { parentPort } from 'node:worker_threads'
import { modPowN } from '../crypto/mod-pow.ts'
import { sharedSecret } from '../crypto/shared-secret.ts'
import { computeBatch, type SrpBatch } from './srp-batch.ts'

// The other side of thread-compute: one message with several computations in, one message with their results out.
parentPort?.on('message', (batch: SrpBatch) => {
  const answer = computeBatch(batch, { modPow: modPowN, sharedSecret })
  parentPort?.postMessage(answer, [answer])
})
