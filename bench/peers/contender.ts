import { connections } from '../chapter.ts'
import { openConnection } from '../connections.ts'
import type { Figures } from '../errand.ts'
import { startLoad } from '../start-load.ts'
import type { Peer } from './peer.ts'
import { peerClient, peerPool, peerUser } from './peer-scenarios.ts'

/** A server of the comparison with a pool that is filled bit by bit. */
export interface Contender {
  readonly name: string
  /** Adds users until there are so many, or until the time is over; answers how many there are. */
  fill(users: number, seconds: number): Promise<number>
  /** Sign-ins of random ones among the first so many. */
  signIn(users: number, seconds: number): Promise<Figures>
  end(): Promise<void>
}

type Call = (request: Uint8Array) => Promise<Record<string, Record<string, string>>>

/** Calls over one connection, which is closed afterwards: some servers end one that is idle. */
const calling = async <T>({ name, port }: Peer, work: (call: Call) => Promise<T>): Promise<T> => {
  const connection = await openConnection(port)
  const result = await work(async (request) => {
    const { status, body } = await connection.send(request)
    if (status !== 200) throw new Error(`${name} answered ${status}: ${body.slice(0, 300)}`)
    return JSON.parse(body === '' ? '{}' : body)
  })
  connection.close()
  return result
}

/** Makes the pool and its app client. */
export const openContender = async (peer: Peer): Promise<Contender> => {
  const { userPoolId, clientId } = await calling(peer, async (call) => {
    const userPoolId = (await call(peerPool()))['UserPool']?.['Id'] ?? ''
    return { userPoolId, clientId: (await call(peerClient(userPoolId)))['UserPoolClient']?.['ClientId'] ?? '' }
  })
  const load = startLoad(peer)
  let made = 0
  return {
    name: peer.name,
    fill: (users, seconds) =>
      calling(peer, async (call) => {
        const end = performance.now() + seconds * 1000
        for (; made < users && performance.now() < end; made += 1) {
          for (const request of peerUser(userPoolId, made)) await call(request)
        }
        return made
      }),
    signIn: (users, seconds) => load.run({ kind: 'peer', clientId, users, connections, seconds }),
    end: async () => {
      load.end()
      await peer.stop()
    },
  }
}
