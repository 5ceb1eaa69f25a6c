import type { Worker } from 'node:cluster'
import type { ToWorker } from './messages.ts'

/** Sends messages to a worker as long as it is there. What was taken is left out for one that is too slow to read, so that it does not pile up. */
export const tellWorker = (worker: Pick<Worker, 'isConnected' | 'send'>): ((message: ToWorker) => void) => {
  let isBehind = false
  return (message) => {
    if (!worker.isConnected() || (isBehind && message.kind === 'taken')) return
    isBehind = !worker.send(message, () => {
      isBehind = false
    })
  }
}
