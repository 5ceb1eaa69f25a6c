import { once } from 'node:events'
import { createServer, get, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listener, type ListenOptions, listen } from './listen.ts'

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'))
const listeners: Listener[] = []
const start = async (options: Partial<ListenOptions> = {}): Promise<Listener> => {
  const handle: RequestListener = (_, outgoing) => void outgoing.end('ok')
  const listener = await listen({ handle, host: '127.0.0.1', port: 0, ...options })
  listeners.push(listener)
  return listener
}
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop(0)))
})

/** Everything that the server sends until it closes, to bytes of our choice; `drip` comes one byte every 20 ms. */
const talk = async (port: number, text: string, drip = ''): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => undefined)
  socket.write(text)
  let at = 0
  const timer = setInterval(() => at < drip.length && socket.write(drip.charAt(at++)), 20)
  await once(socket, 'close')
  clearInterval(timer)
  return answer
}

describe('listen', () => {
  it('takes a free port and answers on both loopback addresses', async () => {
    const { port } = await start({ host: 'localhost' })
    for (const host of hasIpv6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'])
      expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('ok')
  })

  it('says in one sentence that the port is taken', async () => {
    const { port } = await start()
    await expect(listen({ handle: () => undefined, host: '127.0.0.1', port })).rejects.toThrow(
      `Another program listens on 127.0.0.1:${port}. Stop it, or choose another port with --port (0 takes a free one).`,
    )
  })

  it.runIf(hasIpv6)('says so too when only the other loopback address is taken', async () => {
    const other = createServer().listen(0, '::1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(listen({ handle: () => undefined, host: 'localhost', port })).rejects.toThrow(`listens on [::1]:${port}`)
    other.close()
  })

  it('says so when the machine has no such address', async () => {
    await expect(listen({ handle: () => undefined, host: '192.0.2.1', port: 0 })).rejects.toThrow('does not have the address 192.0.2.1')
  })

  it('refuses more than 16 kB of headers', async () => {
    const { port } = await start()
    const flood = await talk(port, `GET / HTTP/1.1\r\nhost: x\r\n${'x-flood: 0123456789\r\n'.repeat(1000)}\r\n`)
    expect(flood).toMatch(/^HTTP\/1.1 431 /)
    expect(flood).toContain('"message":"Request Header Fields Too Large."')
  })

  it.each([
    'GARBAGE\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'GET / HTTP/1.1\r\nbad header\r\n\r\n',
    '\0\0\0\0',
  ])('answers 400 to %j and closes', async (text) => {
    const { port } = await start()
    expect(await talk(port, text)).toMatch(/^HTTP\/1.1 400 /)
  })

  it('refuses two lengths of one body, which is how requests are smuggled', async () => {
    const { port } = await start()
    const both = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'
    expect(await talk(port, both)).toMatch(/^HTTP\/1.1 400 /)
  })

  it('waits for headers and bodies only so long', async () => {
    const { port } = await start({ headersTimeout: 100, requestTimeout: 200, handle: (incoming) => incoming.resume() })
    expect(await talk(port, 'GET / HTTP/1.1\r\nhost: x\r\n', 'x-slow: '.padEnd(500, 'y'))).toMatch(/^HTTP\/1.1 408 /)
    const body = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n'
    expect(await talk(port, body, 'y'.repeat(500))).toMatch(/^HTTP\/1.1 408 /)
  })

  it.each(['', 'GET / HTTP/1.1\r\nhost: x\r\n'])('lets go of a client that sent %j, was refused and does not close', async (text) => {
    const { port } = await start({ headersTimeout: 100, leaveTimeout: 200 })
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => undefined).write(text)
    socket.resume()
    await once(socket, 'end')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    // Only who writes learns that nobody is there any more.
    const drip = setInterval(() => socket.write('x'), 50)
    await closed
    clearInterval(drip)
  })

  it('lets go of a client that reads nothing', async () => {
    const ended = Promise.withResolvers<ServerResponse>()
    const { port } = await start({
      unreadTimeout: 200,
      handle: (_, outgoing) => void outgoing.once('close', () => ended.resolve(outgoing)).end(Buffer.alloc(32 << 20)),
    })
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(10))
    expect((await ended.promise).writableFinished).toBe(false)
    socket.destroy()
  })

  it('lets an answer take longer than one may stay unread', async () => {
    const { port } = await start({ unreadTimeout: 100, handle: (_, outgoing) => void setTimeout(() => outgoing.end('late'), 600) })
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('late')
  })

  it('lets requests under way finish when it stops', async () => {
    const arrived = Promise.withResolvers<ServerResponse>()
    const listener = await start({ handle: (_, outgoing) => arrived.resolve(outgoing) })
    const answer = fetch(`http://127.0.0.1:${listener.port}/`).then((response) => response.text())
    const outgoing = await arrived.promise
    const stopped = listener.stop()
    await expect(fetch(`http://127.0.0.1:${listener.port}/`)).rejects.toThrow()
    outgoing.end('late')
    expect(await answer).toBe('late')
    await stopped
  })

  it('closes idle connections at once and the others when the grace is over', async () => {
    const listener = await start({ handle: (incoming, outgoing) => void (incoming.url === '/idle' && outgoing.end()) })
    const idle = get({ port: listener.port, path: '/idle', agent: false, headers: { connection: 'keep-alive' } })
    const [response] = (await once(idle, 'response')) as [NodeJS.ReadableStream]
    response.resume()
    const hanging = fetch(`http://127.0.0.1:${listener.port}/hang`)
    const refused = expect(hanging).rejects.toThrow()
    await sleep(50)
    const before = performance.now()
    await listener.stop(100)
    expect(performance.now() - before).toBeLessThan(1000)
    await refused
  })
})
