import { type Connection, openConnection, type Reply } from './connections.ts'
import { drive, type Effort } from './drive.ts'
import type { Figures } from './errand.ts'
import { percentiles } from './statistics.ts'

const [port, pid] = process.argv.slice(2).map(Number) as [number, number]

/** The process of the server that is under load. */
export const serverPid = pid

/** Opens so many connections to the server for a piece of work, and closes them. */
export const connected = async <T>(count: number, work: (connections: readonly Connection[]) => Promise<T>): Promise<T> => {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)))
  const result = await work(connections)
  for (const connection of connections) connection.close()
  return result
}

/** The same with one connection. */
export const overOne = <T>(work: (connection: Connection) => Promise<T>): Promise<T> =>
  connected(1, ([connection]) => {
    if (connection === undefined) throw new Error('There is no connection.')
    return work(connection)
  })

/** An effort as figures for each request. */
export const figuresOf = ({ requests, seconds, serverCpu, clientCpu, stolenCpu, latencies }: Effort): Figures => ({
  requests,
  rate: requests / seconds,
  ...percentiles(latencies),
  serverCpu: (serverCpu / requests) * 1e6,
  clientCpu: (clientCpu / requests) * 1e6,
  stolenCores: stolenCpu / seconds,
})

/** Throws when a reply has another status. */
export const requireStatus =
  (status: number) =>
  (_: number, reply: Reply): void => {
    if (reply.status !== status) throw new Error(`Instead of ${status} the server answered ${reply.status}: ${reply.body.slice(0, 300)}`)
  }

/** The same kind of request over and over on so many connections, for so long. */
export const repeat = (make: (index: number) => Uint8Array, status: number, count: number, seconds: number): Promise<Figures> =>
  connected(count, async (connections) => {
    const end = performance.now() + seconds * 1000
    const request = (index: number) => (performance.now() < end ? make(index) : undefined)
    return figuresOf(await drive({ connections, serverPid, request, accept: requireStatus(status) }))
  })
