import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Authority, issueServerCertificate, newAuthority } from './certificate-authority.ts'
import { p256Key } from './p256-key.ts'

const keyOf = (name: string) => p256Key(createHash('sha512').update(name).digest().subarray(0, 40))
const serialNumber = Uint8Array.of(0x4a, 1, 2, 3)
const year = 365 * 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000
const validity = { from: now - 86_400_000, until: now + 10 * year }

let authority: Authority
let folder: string
beforeAll(async () => {
  authority = await newAuthority({
    key: keyOf('authority'),
    names: ['id.example.test', '192.0.2.7', '2001:db8::7'],
    validity,
    serialNumber,
  })
  folder = mkdtempSync(join(tmpdir(), 'authority-'))
  writeFileSync(join(folder, 'ca.pem'), authority.certificate)
})
afterAll(() => rmSync(folder, { recursive: true }))

const issue = (names: readonly string[], until = now + year, by = authority) =>
  issueServerCertificate(by, { names, publicKey: keyOf('server'), validity: { from: now - 1000, until }, serialNumber })

const openssl = (...args: readonly string[]): string => {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    return String((error as { stderr: string }).stderr)
  }
}
const hasOpenssl = openssl('version').startsWith('OpenSSL')

/** What a TLS client would make of a certificate. */
const verify = (pem: string, ...flags: readonly string[]): string => {
  const path = join(folder, 'server.pem')
  writeFileSync(path, pem)
  const store = ['-no-CApath', '-no-CAstore', '-CAfile', join(folder, 'ca.pem')]
  return openssl('verify', '-x509_strict', '-purpose', 'sslserver', ...store, ...flags, path)
}

describe('newAuthority', () => {
  it('makes an authority that signs itself', () => {
    const read = new X509Certificate(authority.certificate)
    expect(read.ca).toBe(true)
    expect(read.subject).toMatch(/^CN=Poolhouse local authority [0-9a-f]{8}$/)
    expect(read.issuer).toBe(read.subject)
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.checkPrivateKey(authority.key)).toBe(true)
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
    expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([validity.from, validity.until])
    expect(read.serialNumber).toBe('4A010203')
  })

  it('has a name of its own', async () => {
    const other = await newAuthority({ key: keyOf('other'), names: [], validity, serialNumber })
    expect(new X509Certificate(other.certificate).subject).not.toBe(new X509Certificate(authority.certificate).subject)
  })

  it.runIf(hasOpenssl)('says what it is for, and is bound to its names', () => {
    const text = openssl('x509', '-in', join(folder, 'ca.pem'), '-noout', '-text')
    expect(text).toMatch(/Signature Algorithm: ecdsa-with-SHA256/)
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0\n/)
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign\n/)
    expect(text).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication\n/)
    expect(text).toMatch(/X509v3 Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127\.0\.0\.0\/255\.0\.0\.0\s/)
    expect(text).not.toContain('Excluded')
  })
})

describe('issueServerCertificate', () => {
  it('is for the names and the key, and signed by the authority', async () => {
    const read = new X509Certificate(await issue(['localhost', 'Shop.auth.us-east-1.localhost', '127.0.0.1', '::1']))
    expect(read.ca).toBe(false)
    expect(read.subjectAltName).toBe('DNS:localhost, DNS:Shop.auth.us-east-1.localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    const issuer = new X509Certificate(authority.certificate)
    expect(read.checkIssued(issuer)).toBe(true)
    expect(read.verify(issuer.publicKey)).toBe(true)
    expect(read.checkPrivateKey(keyOf('server'))).toBe(true)
    expect(read.checkHost('shop.auth.us-east-1.localhost')).toBeDefined()
    expect(read.checkIP('::1')).toBe('::1')
    expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([now - 1000, now + year])
  })

  it('does not outlive the authority', async () => {
    expect(new X509Certificate(await issue(['localhost'], now + 20 * year)).validToDate.getTime()).toBe(validity.until)
  })

  it
    .runIf(hasOpenssl)
    .each([
      'localhost',
      'shop.auth.us-east-1.localhost',
      'id.example.test',
      'shop.auth.us-east-1.id.example.test',
      '127.0.0.1',
      '127.8.9.10',
      '::1',
      '192.0.2.7',
      '2001:db8::7',
    ])('is believed for %s', async (name) => {
    const flag = /^[\d.]+$|:/.test(name) ? '-verify_ip' : '-verify_hostname'
    expect(verify(await issue([name]), flag, name)).toMatch(/: OK\n$/)
  })

  it
    .runIf(hasOpenssl)
    .each(['example.test', 'notid.example.test', 'localhost.example.test', 'example.com', '192.0.2.8', '::2', '10.0.0.1'])(
    'is believed by nobody for %s',
    async (name) => {
      expect(verify(await issue(['localhost', name]))).toContain('permitted subtree violation')
    },
  )

  it.runIf(hasOpenssl)('is believed by nobody from another authority, or when it has expired', async () => {
    const pem = await issue(['localhost'])
    const other = await newAuthority({ key: keyOf('other'), names: [], validity, serialNumber })
    expect(verify(await issue(['localhost'], now + year, other))).toContain('unable to get local issuer certificate')
    expect(verify(pem, '-attime', String((now + 2 * year) / 1000))).toContain('certificate has expired')
  })
})
