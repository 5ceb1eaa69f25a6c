import type { Worker } from 'node:cluster'

/** What Node.js sends a worker with a connection, and its answer: whether the worker has taken it. */
interface ClusterMessage {
  readonly cmd?: string
  readonly act?: string
  readonly seq?: number
  readonly ack?: number
}

/**
 * Gives connections that a worker was handed, and did not live to take, to another one. Node.js waits for the answer of the dead one for
 * ever, and the client with it: seen five times in five kills. Answers in its place "not taken", as a worker does that is closing.
 */
export const handBackConnections = ({ process: child }: Pick<Worker, 'process'>): void => {
  const handed = new Set<number>()
  const send = child.send.bind(child) as (...values: unknown[]) => boolean
  child.send = (...values: unknown[]) => {
    const { cmd, act, seq } = values[0] as ClusterMessage
    if (cmd === 'NODE_CLUSTER' && act === 'newconn' && seq !== undefined) handed.add(seq)
    return send(...values)
  }
  child.on('internalMessage', ({ ack }: ClusterMessage) => ack !== undefined && handed.delete(ack))
  child.once('close', () => {
    for (const ack of handed) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false })
  })
}
