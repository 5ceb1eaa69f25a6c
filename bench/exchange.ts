import type { Reply } from './connections.ts'
import { drive } from './drive.ts'
import type { Figures } from './errand.ts'
import { tokensIn } from './scenarios.ts'
import { connected, figuresOf, requireStatus, serverPid } from './under-load.ts'

/** Both halves of many exchanges; what the client computes between them counts for nothing. */
export const exchange = (
  count: number,
  exchanges: number,
  first: (index: number) => Uint8Array,
  second: (reply: Reply, index: number) => Uint8Array,
  { status, accept }: { readonly status: number; readonly accept: (reply: Reply) => unknown } = { status: 200, accept: tokensIn },
): Promise<Figures> =>
  connected(count, async (connections) => {
    const replies: Reply[] = []
    const begun = await drive({
      connections,
      serverPid,
      request: (index) => (index < exchanges ? first(index) : undefined),
      accept: (index, reply) => {
        requireStatus(status)(index, reply)
        replies[index] = reply
      },
    })
    const answers = replies.map(second)
    const answered = await drive({ connections, serverPid, request: (index) => answers[index], accept: (_, reply) => accept(reply) })
    return figuresOf({
      requests: exchanges,
      seconds: begun.seconds + answered.seconds,
      serverCpu: begun.serverCpu + answered.serverCpu,
      clientCpu: begun.clientCpu + answered.clientCpu,
      stolenCpu: begun.stolenCpu + answered.stolenCpu,
      latencies: begun.latencies.map((first, index) => first + (answered.latencies[index] ?? 0)),
    })
  })
