import { parentPort } from 'node:worker_threads'
import { modPowN } from '../crypto/mod-pow.ts'
import type { ModPowBatch } from './mod-pow-batch.ts'

// The other side of thread-compute: one message with several powers in, one message with as many 384-byte results out.
parentPort?.on('message', ({ sizes, bytes }: ModPowBatch) => {
  const input = new Uint8Array(bytes)
  const answer = new Uint8Array(sizes.length * 384)
  let at = 0
  for (const [index, [base, exponent]] of sizes.entries()) {
    const end = at + base + exponent
    answer.set(modPowN(input.subarray(at, at + base), input.subarray(at + base, end)), index * 384)
    at = end
  }
  // Exponents are secrets of a sign-in; nothing of them stays behind in this thread.
  input.fill(0)
  parentPort?.postMessage(answer.buffer, [answer.buffer])
})
