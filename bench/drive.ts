import type { Connection, Reply } from './connections.ts'
import { cpuSeconds, ownCpuSeconds, stolenSeconds } from './process-usage.ts'

/** What some requests took. CPU in seconds, of all threads. */
export interface Effort {
  readonly requests: number
  readonly seconds: number
  readonly serverCpu: number
  readonly clientCpu: number
  /** What the hypervisor kept from the machine meanwhile. */
  readonly stolenCpu: number
  /** Milliseconds, in the order in which the requests were begun. */
  readonly latencies: readonly number[]
}

/** What is to be sent, and where. */
export interface Drive {
  readonly connections: readonly Connection[]
  readonly serverPid: number
  /** The `index`-th request; undefined when there are no more. */
  readonly request: (index: number) => Uint8Array | undefined
  readonly accept: (index: number, reply: Reply) => void
}

/** Sends requests over all connections, on each the next one as soon as the one before is answered. */
export const drive = async ({ connections, serverPid, request, accept }: Drive): Promise<Effort> => {
  const latencies: number[] = []
  let begun = 0
  const work = async (connection: Connection): Promise<void> => {
    for (;;) {
      const index = begun
      const bytes = request(index)
      if (bytes === undefined) return
      begun += 1
      const from = performance.now()
      const reply = await connection.send(bytes)
      latencies[index] = performance.now() - from
      accept(index, reply)
    }
  }
  const from = { time: performance.now(), server: cpuSeconds(serverPid), client: ownCpuSeconds(), stolen: stolenSeconds() }
  await Promise.all(connections.map(work))
  return {
    requests: latencies.length,
    seconds: (performance.now() - from.time) / 1000,
    serverCpu: cpuSeconds(serverPid) - from.server,
    clientCpu: ownCpuSeconds() - from.client,
    stolenCpu: stolenSeconds() - from.stolen,
    latencies,
  }
}
