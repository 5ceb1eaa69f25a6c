import type { Recorded } from './checker.ts'
import type { Reply } from './server-under-test.ts'

/** Keeps what clients saw. */
export interface Recorder<Step> {
  readonly history: Recorded<Step>[]
  /** Makes a request; `steps` reads from the reply which ones it took, or without one which it may have taken. */
  request(send: () => Promise<Reply>, steps: (reply: Reply) => readonly Step[]): Promise<Reply>
  /** Requests whose outcome is not known. */
  unknown(): number
}

/** An empty history. */
export const newRecorder = <Step>(): Recorder<Step> => {
  const history: Recorded<Step>[] = []
  return {
    history,
    request: async (send, steps) => {
      const invokedAt = performance.now()
      const reply = await send()
      history.push({ invokedAt, answeredAt: reply === undefined ? Number.POSITIVE_INFINITY : performance.now(), steps: steps(reply) })
      return reply
    },
    unknown: () => history.filter(({ answeredAt }) => answeredAt === Number.POSITIVE_INFINITY).length,
  }
}

/** An answer that no step stands for. */
export const unexpected = (reply: Reply): never => {
  throw new Error(`unexpected: ${reply?.refused ?? 'success'} ${reply?.message ?? ''}`)
}
