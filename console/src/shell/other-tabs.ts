import { basePath } from '../api/console-url.ts'

// The cookie is one for all tabs, so a sign-in in one changes who acts in the others.
const channel = new BroadcastChannel(`poolhouse.operator ${basePath}`)

/** Tells the other tabs of this console who is signed in. */
export const tellOperator = (name: string): void => channel.postMessage(name)

/** Hears from other tabs who is signed in; answers how to stop. */
export const hearOperator = (listener: (name: string) => void): (() => void) => {
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listener(data)
  }
  channel.addEventListener('message', hear)
  return () => channel.removeEventListener('message', hear)
}
