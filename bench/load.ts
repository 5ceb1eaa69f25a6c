// The load generator's process: `node load.ts PORT SERVER-PID`. Does what its parent asks for, one errand after another.
import { type Connection, openConnection, type Reply } from './connections.ts'
import { drive, type Effort } from './drive.ts'
import { seedDocument } from './pool.ts'
import { request } from './requests.ts'
import { passwordRequest, requestsOf, type Simple, srpAnswer, srpRequest, statusOf, type Tokens, tokensIn } from './scenarios.ts'
import { percentiles } from './statistics.ts'

/** What the parent may ask for. */
export type Errand =
  | { readonly kind: 'seed' }
  | { readonly kind: 'simple'; readonly of: Simple; readonly connections: number; readonly seconds: number }
  | { readonly kind: 'srp'; readonly connections: number; readonly exchanges: number }
  | { readonly kind: 'sign in'; readonly users: readonly number[]; readonly seconds: number }

/** What a load came to. */
export interface Figures {
  /** Per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of CPU for each, in the server and in the load generator. */
  readonly serverCpu: number
  readonly clientCpu: number
}

const [port, serverPid] = process.argv.slice(2).map(Number) as [number, number]

const connected = async <T>(count: number, work: (connections: readonly Connection[]) => Promise<T>): Promise<T> => {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)))
  const result = await work(connections)
  for (const connection of connections) connection.close()
  return result
}

const figures = ({ requests, seconds, serverCpu, clientCpu, latencies }: Effort): Figures => ({
  rate: requests / seconds,
  ...percentiles(latencies),
  serverCpu: (serverCpu / requests) * 1e6,
  clientCpu: (clientCpu / requests) * 1e6,
})

const requireStatus =
  (status: number) =>
  (_: number, reply: Reply): void => {
    if (reply.status !== status) throw new Error(`Instead of ${status} the server answered ${reply.status}: ${reply.body.slice(0, 300)}`)
  }

const lasting = (seconds: number, make: (index: number) => Uint8Array) => {
  const end = performance.now() + seconds * 1000
  return (index: number) => (performance.now() < end ? make(index) : undefined)
}

const simple = (make: (index: number) => Uint8Array, status: number, count: number, seconds: number): Promise<Figures> =>
  connected(count, async (connections) =>
    figures(await drive({ connections, serverPid, request: lasting(seconds, make), accept: requireStatus(status) })),
  )

const seed = (): Promise<Tokens[]> =>
  connected(1, async ([connection]) => {
    if (connection === undefined) return []
    const reply = await connection.send(
      request('POST /_poolhouse/seed', { 'content-type': 'application/json' }, JSON.stringify(seedDocument)),
    )
    requireStatus(200)(0, reply)
    const tokens: Tokens[] = []
    for (let index = 0; index < 20; index++) tokens.push(tokensIn(await connection.send(passwordRequest(index))))
    return tokens
  })

/** Both halves of many exchanges; what the client computes between them counts for nothing. */
const srp = (count: number, exchanges: number): Promise<Figures> =>
  connected(count, async (connections) => {
    const replies: Reply[] = []
    const begun = await drive({
      connections,
      serverPid,
      request: (index) => (index < exchanges ? srpRequest(index) : undefined),
      accept: (index, reply) => {
        requireStatus(200)(index, reply)
        replies[index] = reply
      },
    })
    const answers = replies.map((reply) => srpAnswer(reply, new Date()))
    const answered = await drive({ connections, serverPid, request: (index) => answers[index], accept: (_, reply) => tokensIn(reply) })
    return figures({
      requests: exchanges,
      seconds: begun.seconds + answered.seconds,
      serverCpu: begun.serverCpu + answered.serverCpu,
      clientCpu: begun.clientCpu + answered.clientCpu,
      latencies: begun.latencies.map((first, index) => first + (answered.latencies[index] ?? 0)),
    })
  })

let makers = requestsOf([])

const run = async (errand: Errand): Promise<Figures | undefined> => {
  switch (errand.kind) {
    case 'seed':
      makers = requestsOf(await seed())
      return undefined
    case 'simple':
      return simple(makers[errand.of], statusOf(errand.of), errand.connections, errand.seconds)
    case 'srp':
      return srp(errand.connections, errand.exchanges)
    case 'sign in': {
      const requests = errand.users.map(passwordRequest)
      return simple((index) => requests[index % requests.length] as Uint8Array, 200, 1, errand.seconds)
    }
  }
}

process.on('message', async (errand: Errand) => process.send?.({ figures: await run(errand) }))
process.on('disconnect', () => process.exit())
