import { consoleUrl } from './console-url.ts'

type State = 'up' | 'down'

let state: State = 'up'
const listeners = new Set<() => void>()

const change = (next: State): void => {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks every second until the server answers again. */
const watch = async (): Promise<void> => {
  while (state === 'down') {
    await wait(1000)
    const reply = await fetch(consoleUrl('session'), { cache: 'no-store', headers: { 'x-poolhouse-console': '1' } }).catch(() => undefined)
    if (reply !== undefined && reply.status < 500) change('up')
  }
}

/** Whether the server could be reached last time. */
export const connection = {
  /** Resolves when the server answers, at once unless it was lost. */
  back: (): Promise<void> =>
    new Promise((resolve) => {
      const forget = connection.subscribe(() => {
        forget()
        resolve()
      })
      if (state === 'up') {
        forget()
        resolve()
      }
    }),
  state: (): State => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** The server did not answer; everybody who listens hears when it does again. */
  lost: (): void => {
    if (state === 'down') return
    change('down')
    void watch()
  },
}
