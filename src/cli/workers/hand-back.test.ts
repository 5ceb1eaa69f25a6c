import type { Worker } from 'node:cluster'
import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { handBackConnections } from './hand-back.ts'

/** A worker of Node.js as far as connections go: what is sent to it, and what is answered in its name. */
const open = () => {
  const answers: unknown[] = []
  const child = Object.assign(new EventEmitter(), { send: () => true })
  const worker = Object.assign(new EventEmitter(), { process: child, isConnected: () => true })
  handBackConnections(worker as unknown as Worker)
  worker.emit('listening')
  const hand = (seq: number) => (child.send as (message: object) => boolean)({ cmd: 'NODE_CLUSTER', act: 'newconn', seq })
  child.on('internalMessage', (message) => answers.push(message))
  return { child, hand, answers }
}

it('a connection that a worker did not live to take goes to the next, and is closed after the last', () => {
  const [first, last] = [open(), open()]
  expect([first.hand(7), first.hand(8), last.hand(9)]).toEqual([true, true, true])
  first.child.emit('internalMessage', { ack: 8, accepted: true })
  expect(first.answers.splice(0)).toHaveLength(1)
  first.child.emit('close')
  expect(first.answers).toEqual([{ cmd: 'NODE_CLUSTER', ack: 7, accepted: false }])
  expect(last.answers).toEqual([])
  last.child.emit('close')
  expect(last.answers).toEqual([{ cmd: 'NODE_CLUSTER', ack: 9, accepted: true }])
})

it('a worker that has ended is disconnected, once', () => {
  const [told, untold] = [open(), open()]
  let times = 0
  for (const { child } of [told, untold]) child.on('disconnect', () => (times += 1))
  told.child.emit('disconnect')
  told.child.emit('close')
  expect(times).toBe(1)
  untold.child.emit('close')
  expect(times).toBe(2)
})
