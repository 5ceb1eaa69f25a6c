import { expect, it } from 'vitest'
import type { ToWorker } from './messages.ts'
import { tellWorker } from './tell-worker.ts'

it('tells a worker that does not read only what it must know', () => {
  const sent: ToWorker['kind'][] = []
  let isFull = false
  let read: () => void = () => undefined
  const send = (message: ToWorker, written: () => void): boolean => {
    sent.push(message.kind)
    read = written
    return !isFull
  }
  const tell = tellWorker({ isConnected: () => true, send: send as never })
  const taken: ToWorker = { kind: 'taken', taken: [] }
  tell(taken)
  isFull = true
  for (let n = 0; n < 100; n += 1) tell(taken)
  tell({ kind: 'stop' })
  expect(sent).toEqual(['taken', 'taken', 'stop'])
  isFull = false
  read()
  tell(taken)
  expect(sent).toEqual(['taken', 'taken', 'stop', 'taken'])
})
