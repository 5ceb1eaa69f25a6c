import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createPoster } from './create-poster.ts'
import type { Poster } from './poster.ts'

type Act = (socket: Socket) => void

const answer: Act = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
const reset: Act = (socket) => socket.resetAndDestroy()
const resetInTheAnswer: Act = (socket) =>
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no', () => setTimeout(() => socket.resetAndDestroy(), 20))
const changeTheProtocol: Act = (socket) =>
  socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
const leave: Act = (socket) => {
  server.close()
  resetInTheAnswer(socket)
}

let server: Server
let poster: Poster
let received: number

/** Starts a site that does these things, one for each request. */
const open = async (...acts: readonly Act[]): Promise<URL> => {
  received = 0
  poster = createPoster()
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    // Each request is small enough to come in one piece.
    socket.on('data', () => {
      acts[received]?.(socket)
      received += 1
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}
afterEach(() => {
  poster.close()
  server.close()
})

const post = (url: URL) => poster.post({ url, headers: {}, body: '{}', limit: 2000 })
const ok = { kind: 'replied', status: 200, body: Buffer.from('ok') }

describe('a connection that is used again', () => {
  it('and was closed at that moment is replaced, and the request sent once more', async () => {
    const url = await open(answer, reset, answer)
    expect(await post(url)).toMatchObject(ok)
    expect(await post(url)).toMatchObject(ok)
    expect(received).toBe(3)
  })

  it.each([
    ['breaks in the middle of the answer', resetInTheAnswer],
    ['breaks there as the other side goes', leave],
  ])('and %s has failed, and nothing is sent twice', async (_, act) => {
    const url = await open(answer, act, answer)
    expect(await post(url)).toMatchObject(ok)
    expect(await post(url)).toMatchObject({ kind: 'failed' })
    // A second try would be under way by now; one that nobody waits for ends the process.
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(received).toBe(2)
  })
})

it('an answer that changes the protocol has failed, and its connection ends', async () => {
  const url = await open(changeTheProtocol)
  expect(await post(url)).toMatchObject({ kind: 'failed', sentence: `${url.host}: the answer changes the protocol` })
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0)
})

it('a new connection that is reset is not tried again', async () => {
  const url = await open(reset, answer)
  expect(await post(url)).toMatchObject({ kind: 'failed', sentence: `${url.host}: ECONNRESET` })
  expect(received).toBe(1)
})
