import { X509Certificate } from 'node:crypto'
import { connect, createServer, type SecureContext } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Authority, newAuthority } from '../../crypto/certificate-authority.ts'
import { p256Key, p256SeedSize } from '../../crypto/p256-key.ts'
import { systemRandom } from '../../random.ts'
import { createLocalIdentity } from './local-identity.ts'

const day = 86_400_000
const start = Date.now()
let now = start
let authority: Authority
beforeAll(async () => {
  authority = await newAuthority({
    key: p256Key(systemRandom.bytes(p256SeedSize)),
    names: ['id.example.test'],
    validity: { from: start - day, until: start + 3652 * day },
    serialNumber: Uint8Array.of(0x40, ...systemRandom.bytes(15)),
  })
})

const names = ['localhost', '127.0.0.1', '::1', 'id.example.test']
const open = () => {
  now = start
  return createLocalIdentity({ authority, names, clock: { now: () => now }, random: systemRandom })
}

/** The certificate that a context shows, if it may be shown to somebody who trusts the authority and asks for the name. */
const shownBy = async (context: SecureContext | undefined, servername: string): Promise<X509Certificate> => {
  if (context === undefined) throw new Error('no context')
  const server = createServer({ SNICallback: (_name, done) => done(null, context) })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await new Promise((resolve, reject) => {
      const { port } = server.address() as { port: number }
      const socket = connect({ port, host: '127.0.0.1', servername, ca: authority.certificate }, () => {
        const certificate = socket.getPeerX509Certificate()
        socket.destroy()
        certificate === undefined ? reject(new Error('no certificate')) : resolve(certificate)
      })
      socket.once('error', reject)
    })
  } finally {
    server.close()
  }
}

describe('createLocalIdentity', () => {
  it('shows all its names to a client that asks for none', async () => {
    const { current } = await open()
    const certificate = new X509Certificate(current.cert)
    expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:id.example.test')
    expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true)
    expect((certificate.validToDate.getTime() - now) / day).toBeLessThanOrEqual(825)
    expect(certificate.validFromDate.getTime()).toBeLessThan(now)
  })

  it.each(['localhost', 'shop.auth.us-east-1.localhost', 'id.example.test', 'shop.auth.us-east-1.id.example.test'])(
    'shows a client that asks for %s a certificate for it',
    async (name) => {
      const { contextFor } = await open()
      expect((await shownBy(await contextFor?.(name), name)).subjectAltName).toBe(`DNS:${name}`)
    },
  )

  it.each(['example.test', 'www.example.com', '127.0.0.1', 'x.127.0.0.1', '::1'])('has no certificate of its own for %s', async (name) => {
    expect(await (await open()).contextFor?.(name)).toBeUndefined()
  })

  it('makes a certificate once, until it nears its end', async () => {
    const { contextFor, renew, current } = await open()
    const first = await contextFor?.('a.localhost')
    now = start + 59 * day
    expect(await contextFor?.('A.localhost')).toBe(first)
    expect(await renew()).toBeUndefined()
    now = start + 61 * day
    expect(await contextFor?.('a.localhost')).not.toBe(first)
    const renewed = await renew()
    expect(new X509Certificate(renewed?.cert ?? '').validToDate.getTime()).toBeGreaterThan(
      new X509Certificate(current.cert).validToDate.getTime(),
    )
    expect(await renew()).toBeUndefined()
  })

  it('forgets names that nobody asked for lately', async () => {
    const { contextFor } = await open()
    const first = await contextFor?.('first.localhost')
    for (let i = 0; i < 100; i += 1) await contextFor?.(`n${i}.localhost`)
    expect(await contextFor?.('first.localhost')).not.toBe(first)
  })
})
