import type { Worker } from 'node:cluster'

/** What Node.js sends a worker with a connection, and its answer: whether the worker has taken it. */
interface ClusterMessage {
  readonly cmd?: string
  readonly act?: string
  readonly seq?: number
  readonly ack?: number
}

/** Workers that may be handed connections. */
const listening = new Set<Pick<Worker, 'isConnected'>>()

/**
 * Gives connections that a worker was handed, and did not live to take, to another one. Node.js waits for the answer of the dead one for
 * ever, and the client with it: seen five times in five kills. Answers in its place "not taken", as a worker does that is closing; after
 * the last one "taken", because Node.js closes the connection then, and would keep it for nobody otherwise.
 */
export const handBackConnections = (worker: Pick<Worker, 'process' | 'once' | 'isConnected'>): void => {
  const { process: child } = worker
  const handed = new Set<number>()
  let isDisconnected = false
  const send = child.send.bind(child) as (...values: unknown[]) => boolean
  child.send = (...values: unknown[]) => {
    const { cmd, act, seq } = values[0] as ClusterMessage
    if (cmd === 'NODE_CLUSTER' && act === 'newconn' && seq !== undefined) handed.add(seq)
    return send(...values)
  }
  child.on('internalMessage', ({ ack }: ClusterMessage) => ack !== undefined && handed.delete(ack))
  child.once('disconnect', () => {
    isDisconnected = true
  })
  worker.once('listening', () => listening.add(worker))
  child.once('close', () => {
    listening.delete(worker)
    // Node.js 24 never says so of one that dies with a connection on its way, and goes on to count it among those that take turns.
    if (!isDisconnected) child.emit('disconnect')
    const isAnyLeft = [...listening].some((other) => other.isConnected())
    for (const ack of handed) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: !isAnyLeft })
  })
}
