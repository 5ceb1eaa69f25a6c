import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connections.ts'
import type { Figures } from './errand.ts'
import { cpuSeconds, ownCpuSeconds, stolenSeconds } from './process-usage.ts'
import { connected, figuresOf, requireStatus, serverPid } from './under-load.ts'

// More than are ever open at once below the maximum rate; whoever finds none free waits, and that counts.
const most = 128

/**
 * Requests that begin on a fixed schedule, so many a second. Latency counts from when a request was due, so that one that stands in line
 * behind others, at the server or here, shows it. Timers are as fine as a millisecond, which is in the latencies too.
 */
export const paced = (make: (index: number) => Uint8Array, rate: number, seconds: number): Promise<Figures> =>
  connected(most, async (connections) => {
    const count = Math.floor(rate * seconds)
    const latencies: number[] = []
    const free: Connection[] = [...connections]
    const waiting: ((connection: Connection) => void)[] = []
    const take = async (): Promise<Connection> => free.pop() ?? new Promise((resolve) => waiting.push(resolve))
    const giveBack = (connection: Connection): void => {
      const next = waiting.shift()
      if (next === undefined) free.push(connection)
      else next(connection)
    }
    const begun = performance.now()
    const send = async (index: number): Promise<void> => {
      const connection = await take()
      const reply = await connection.send(make(index))
      latencies[index] = performance.now() - (begun + (index / rate) * 1000)
      requireStatus(200)(index, reply)
      giveBack(connection)
    }
    const from = { server: cpuSeconds(serverPid), client: ownCpuSeconds(), stolen: stolenSeconds() }
    const sent: Promise<void>[] = []
    while (sent.length < count) {
      const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * rate) + 1)
      while (sent.length < due) sent.push(send(sent.length))
      await sleep(1)
    }
    await Promise.all(sent)
    return figuresOf({
      requests: count,
      seconds: (performance.now() - begun) / 1000,
      serverCpu: cpuSeconds(serverPid) - from.server,
      clientCpu: ownCpuSeconds() - from.client,
      stolenCpu: stolenSeconds() - from.stolen,
      latencies,
    })
  })
