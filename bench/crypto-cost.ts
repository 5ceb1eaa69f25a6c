// A process that measures what the arithmetic costs in OpenSSL alone, on every core at once: the part that no server can save.
import { createDiffieHellmanGroup, createHash, DiffieHellman, generateKeyPairSync, sign, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { median } from './statistics.ts'

/** Microseconds of CPU for one RSA-2048 signature, one verification, and one power of 3072 bits with an exponent of 256. */
export interface CryptoCost {
  readonly sign: number
  readonly verify: number
  readonly modPow: number
}

const microseconds = (count: number, work: () => unknown): number => {
  const from = process.threadCpuUsage()
  for (let done = 0; done < count; done++) work()
  const { user, system } = process.threadCpuUsage(from)
  return (user + system) / count
}

const measure = (): CryptoCost => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const token = Buffer.alloc(900, 'a')
  const signature = sign('RSA-SHA256', token, privateKey)
  const group = createDiffieHellmanGroup('modp15')
  const hash = (text: string) => createHash('sha256').update(text).digest()
  Reflect.apply(DiffieHellman.prototype.setPrivateKey, group, [hash('exponent')])
  const base = Buffer.concat(Array.from({ length: 11 }, (_, part) => hash(`base ${part}`)))
  return {
    sign: microseconds(400, () => sign('RSA-SHA256', token, privateKey)),
    verify: microseconds(4000, () => verify('RSA-SHA256', token, publicKey, signature)),
    modPow: microseconds(200, () => group.computeSecret(base)),
  }
}

const measureEverywhere = async (): Promise<CryptoCost> => {
  const costs = await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const worker = new Worker(new URL(import.meta.url))
      return new Promise<CryptoCost>((resolve, reject) => worker.once('message', resolve).once('error', reject))
    }),
  )
  const of = (name: keyof CryptoCost) => median(costs.map((cost) => cost[name]))
  return { sign: of('sign'), verify: of('verify'), modPow: of('modPow') }
}

if (isMainThread) process.stdout.write(JSON.stringify(await measureEverywhere()))
else parentPort?.postMessage(measure())
