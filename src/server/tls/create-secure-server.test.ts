import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { httpsGet } from '../../../tests/support/https-get.ts'
import { systemClock } from '../../clock.ts'
import { type Authority, newAuthority } from '../../crypto/certificate-authority.ts'
import { p256Key, p256SeedSize } from '../../crypto/p256-key.ts'
import { systemRandom } from '../../random.ts'
import { type Listener, type ListenOptions, listen } from '../listen.ts'
import { createLocalIdentity } from './local-identity.ts'
import type { TlsIdentity } from './tls-identity.ts'

const day = 86_400_000
let authority: Authority
const identify = (): Promise<TlsIdentity> =>
  createLocalIdentity({ authority, names: ['localhost', '127.0.0.1', '::1'], clock: systemClock, random: systemRandom })

beforeAll(async () => {
  const now = systemClock.now()
  authority = await newAuthority({
    key: p256Key(systemRandom.bytes(p256SeedSize)),
    names: [],
    validity: { from: now - day, until: now + 3652 * day },
    serialNumber: Uint8Array.of(1),
  })
})

const listeners: Listener[] = []
const start = async (options: Partial<ListenOptions> = {}): Promise<Listener> => {
  const listener = await listen({
    handle: (incoming, outgoing) => void outgoing.end(`ok ${incoming.url}`),
    host: 'localhost',
    port: 0,
    tls: await identify(),
    ...options,
  })
  listeners.push(listener)
  return listener
}
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop(0)))
})

/** Everything that comes over a plain connection until it closes. */
const talk = async (port: number, ...texts: readonly (string | Buffer)[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => undefined)
  for (const text of texts) {
    socket.write(text)
    await sleep(20)
  }
  if (!socket.closed) await once(socket, 'close')
  return answer
}

describe('a listener with TLS', () => {
  it.each(['localhost', 'shop.auth.us-east-1.localhost', '127.0.0.1'])('answers who trusts its authority at %s', async (host) => {
    const { port } = await start()
    const { body, certificate, protocol } = await httpsGet(`https://${host}:${port}/x`, authority.certificate)
    expect([body, protocol]).toEqual(['ok /x', 'TLSv1.3'])
    expect(certificate.subjectaltname).toContain(host)
    await expect(httpsGet(`https://${host}:${port}/x`, undefined)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
  })

  it('is for nobody else’s name', async () => {
    const { port } = await start()
    await expect(httpsGet(`https://example.com:${port}/`, authority.certificate)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  it('speaks TLS 1.2, and nothing older', async () => {
    const { port } = await start()
    const ciphers = 'ALL:@SECLEVEL=0'
    const speak = (version: 'TLSv1.1' | 'TLSv1.2', servername: string) =>
      httpsGet(`https://${servername}:${port}/`, authority.certificate, { minVersion: version, maxVersion: version, ciphers })
    for (const name of ['localhost', 'a.localhost', '127.0.0.1']) {
      expect((await speak('TLSv1.2', name)).protocol).toBe('TLSv1.2')
      await expect(speak('TLSv1.1', name)).rejects.toThrow('alert protocol version')
    }
  })

  it('gives new connections another certificate', async () => {
    const listener = await start()
    const url = `https://127.0.0.1:${listener.port}/`
    const before = await httpsGet(url, authority.certificate)
    await listener.present((await identify()).current)
    const after = await httpsGet(url, authority.certificate)
    expect(after.certificate.fingerprint256).not.toBe(before.certificate.fingerprint256)
    await expect(
      httpsGet(url, authority.certificate, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }),
    ).rejects.toThrow('alert protocol version')
  })

  it('tells who speaks plain HTTP what is wrong', async () => {
    const { port } = await start()
    const reply = await fetch(`http://localhost:${port}/`, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(reply.status).toBe(400)
    expect(await reply.json()).toEqual({
      code: 'BadRequest',
      message: 'This port speaks HTTPS: the address begins with https://.',
      type: 'client',
    })
    expect(await talk(port, 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  it('ends what is neither, and what takes too long', async () => {
    const { port } = await start({ headersTimeout: 150 })
    expect(await talk(port, '\0\0\0\0')).not.toContain('HTTP')
    expect(await talk(port, Buffer.from([22, 3, 1, 255, 255, 0]), Buffer.alloc(300, 7))).not.toContain('HTTP')
    // Nothing at all, the beginning of a handshake, and a handshake without a request.
    expect(await talk(port)).toBe('')
    expect(await talk(port, Buffer.from([22, 3, 1, 1, 0, 1]))).not.toContain('HTTP')
    const socket = connectTls({ port, host: '127.0.0.1', ca: authority.certificate })
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 408 /)
    socket.destroy()
  })

  it('understands a handshake that comes byte by byte', async () => {
    const { port } = await start()
    const through = connect(port, '127.0.0.1')
    const tls = connectTls({ socket: dripping(through), servername: 'localhost', ca: authority.certificate })
    await once(tls, 'secureConnect')
    tls.write('GET /drip HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    const [answer] = (await once(tls, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 200 /)
    tls.destroy()
  })

  it('keeps the limits of any other', async () => {
    const { port } = await start()
    const headers = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x-flood-${index}`, 'x'.repeat(400)]))
    expect((await httpsGet(`https://localhost:${port}/`, authority.certificate, { headers })).status).toBe(431)
  })

  it('closes idle connections at once when it stops, and connections that said nothing when the grace is over', async () => {
    const listener = await start()
    const idle = connectTls({ port: listener.port, host: '127.0.0.1', ca: authority.certificate })
    await once(idle, 'secureConnect')
    idle.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await once(idle, 'data')
    const before = performance.now()
    await listener.stop(5000)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})

/** A stream whose first 50 bytes go over the socket one at a time. */
const dripping = (socket: Socket): Duplex => {
  let left = 50
  const drip = async (chunk: Buffer): Promise<void> => {
    for (; left > 0 && chunk.length > 1; left -= 1) {
      socket.write(chunk.subarray(0, 1))
      chunk = chunk.subarray(1)
      await sleep(2)
    }
    socket.write(chunk)
  }
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => void drip(chunk).then(() => done(), done),
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket.setNoDelay(true).on('data', (chunk) => stream.push(chunk))
  return stream
}
