/** Work that nobody waits for: some of it at once, some waiting, more is refused. */
export interface SendQueue {
  /** Runs the work now or later; false when too much waits already. `work` must not reject. */
  add(work: () => Promise<unknown>): boolean
  /** Takes nothing more, and resolves when everything is done. */
  drained(): Promise<void>
}

/** A queue that runs at most `parallel` pieces of work at once and lets `waiting` more wait. */
export const createSendQueue = ({ parallel, waiting }: { readonly parallel: number; readonly waiting: number }): SendQueue => {
  const queue: (() => Promise<unknown>)[] = []
  const empty = Promise.withResolvers<void>()
  let running = 0
  let closed = false

  const run = (work: () => Promise<unknown>): void => {
    running += 1
    void work().finally(() => {
      running -= 1
      const next = queue.shift()
      if (next !== undefined) run(next)
      else if (closed && running === 0) empty.resolve()
    })
  }

  return {
    add: (work) => {
      if (closed) return false
      if (running < parallel) run(work)
      else if (queue.length < waiting) queue.push(work)
      else return false
      return true
    },
    drained: () => {
      closed = true
      if (running === 0) empty.resolve()
      return empty.promise
    },
  }
}
