import type { Handed } from './handed-back.ts'

const name = 'poolhouse sign-in tester'

interface Message {
  readonly kind: 'answer' | 'taken'
  readonly state: string
  readonly handed?: Handed
}

// Tabs of this origin hear each other here also where the browser keeps them apart (Cross-Origin-Opener-Policy).
const open = (): BroadcastChannel => new BroadcastChannel(name)

/** Waits for the answer to the authorization request of that `state` from another tab; call what it returns to wait no longer. */
export const awaitAnswer = (state: string, take: (handed: Handed) => void): (() => void) => {
  const channel = open()
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind !== 'answer' || data.state !== state || data.handed === undefined) return
    channel.postMessage({ kind: 'taken', state } satisfies Message)
    take(data.handed)
  }
  return () => channel.close()
}

/** Gives an answer to the tab that waits for it; resolves to whether one took it within `patience` (ms). */
export const handOver = (handed: Handed, patience: number): Promise<boolean> =>
  new Promise((resolve) => {
    const channel = open()
    const state = handed['state'] ?? ''
    const end = (isTaken: boolean) => {
      clearTimeout(timer)
      channel.close()
      resolve(isTaken)
    }
    const timer = setTimeout(() => end(false), patience)
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'taken' && data.state === state) end(true)
    }
    channel.postMessage({ kind: 'answer', state, handed } satisfies Message)
  })
