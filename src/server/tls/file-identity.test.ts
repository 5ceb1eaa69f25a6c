import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Authority, issueServerCertificate, newAuthority } from '../../crypto/certificate-authority.ts'
import { p256Key } from '../../crypto/p256-key.ts'
import { openFileIdentity } from './file-identity.ts'
import type { KeyAndCertificate } from './tls-identity.ts'

const day = 86_400_000
const start = Math.floor(Date.now() / 1000) * 1000
const keyOf = (name: string) => p256Key(createHash('sha512').update(name).digest().subarray(0, 40))

let authority: Authority
beforeAll(async () => {
  const validity = { from: start - 400 * day, until: start + 400 * day }
  authority = await newAuthority({ key: keyOf('authority'), names: ['id.example.com'], validity, serialNumber: Uint8Array.of(1) })
})

/** A pair whose certificate is valid from and until so many days from now. */
const pairOf = async (name: string, from = -1, until = 90): Promise<KeyAndCertificate> => ({
  cert: await issueServerCertificate(authority, {
    names: ['id.example.com'],
    publicKey: keyOf(name),
    validity: { from: start + from * day, until: start + until * day },
    serialNumber: Uint8Array.of(2),
  }),
  key: keyOf(name).export({ format: 'pem', type: 'pkcs8' }).toString(),
})

let folder = ''
let certPath = ''
let keyPath = ''
let now = start
let lines: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-identity-'))
  certPath = join(folder, 'cert.pem')
  keyPath = join(folder, 'key.pem')
  now = start
  lines = []
})
afterEach(() => rm(folder, { recursive: true }))

const say = (fields: object, text: string) => void lines.push(`${text} ${JSON.stringify(fields)}`)
const open = (publicHost?: string) =>
  openFileIdentity({ certPath, keyPath, publicHost, clock: { now: () => now }, log: { debug: say, info: say, warn: say, error: say } })
const opened = async (publicHost?: string) => {
  const identity = await open(publicHost)
  if ('fault' in identity) throw new Error(identity.fault)
  return identity
}
const put = async ({ cert, key }: KeyAndCertificate) => {
  await writeFile(certPath, cert)
  await writeFile(keyPath, key, { mode: 0o600 })
}

describe('openFileIdentity', () => {
  it('reads a certificate with the chain behind it, and its key', async () => {
    const { cert, key } = await pairOf('server')
    const chain = `Some words before\n${cert}${authority.certificate}`
    await put({ cert: chain, key })
    expect((await opened('id.example.com')).current).toMatchObject({ cert: chain, key })
    expect(lines).toEqual([])
  })

  it('says what is wrong with a file and what to do', async () => {
    const { cert, key } = await pairOf('server')
    const other = await pairOf('other')
    const faultOf = async (pair: Partial<KeyAndCertificate>) => {
      await put({ cert, key, ...pair })
      const outcome = await open()
      return 'fault' in outcome ? outcome.fault : 'no fault'
    }
    expect(await faultOf({})).toBe('no fault')
    expect(await faultOf({ cert: key })).toContain(`${certPath} (tls-cert) holds no certificate in PEM form`)
    expect(await faultOf({ key: cert })).toContain(`${keyPath} (tls-key) holds no private key in PEM form`)
    const sealed = keyOf('server').export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()
    expect(await faultOf({ key: sealed })).toContain(`is protected by a passphrase. Write one without: openssl pkey -in ${keyPath}`)
    expect(await faultOf({ key: other.key })).toContain(
      `The private key ${keyPath} does not belong to the first certificate in ${certPath}.`,
    )
    expect(await faultOf({ cert: `${authority.certificate}${cert}` })).toContain("the server's own certificate comes before")
    expect(await faultOf(await pairOf('server', -90, -1))).toMatch(/expired on \d{4}-\d\d-\d\d\. Renew it and try again\.$/)
    expect(await faultOf(await pairOf('server', 1, 90))).toContain('Check the clock of this machine.')
    expect(await faultOf({ cert: 'x'.repeat(2_000_000) })).toContain('is too big')
    await put({ cert, key })
    await unlink(keyPath)
    expect(await open()).toEqual({ fault: `There is no private key at ${keyPath}. Name its PEM file with tls-key.` })
    certPath = folder
    expect(await open()).toEqual({ fault: `The certificate ${folder} (tls-cert) is not a regular file.` })
  })

  it('warns of a key that everybody can read, and of another host', async () => {
    await put(await pairOf('server'))
    await chmod(keyPath, 0o644)
    await opened('other.example.com')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('every user of this machine can read the private key')
    expect(lines[1]).toContain('is not for the host of public-url {"host":"other.example.com","names":"DNS:id.example.com"}')
  })

  it('reads what was written anew, and keeps the last one that could be used', async () => {
    const [first, second] = [await pairOf('server'), await pairOf('renewed', -1, 200)]
    await put(first)
    const { renew } = await opened()
    expect(await renew()).toBeUndefined()
    await writeFile(certPath, second.cert)
    expect(await renew()).toBeUndefined()
    expect(await renew()).toBeUndefined()
    expect(lines).toEqual([expect.stringContaining('the old one stays {"fault":"The private key')])
    await writeFile(keyPath, second.key)
    expect(await renew()).toMatchObject(second)
    expect(lines.at(-1)).toContain('was read again')
    await rm(certPath)
    expect(await renew()).toBeUndefined()
    expect(lines.at(-1)).toContain('There is no certificate at')
  })

  it('sees a symbolic link that leads elsewhere, as ACME clients and Kubernetes leave them', async () => {
    const pairs = [await pairOf('server'), await pairOf('server', -1, 120)] as const
    for (const [index, { cert, key }] of pairs.entries()) {
      await writeFile(join(folder, `cert${index}.pem`), cert)
      await writeFile(join(folder, `key${index}.pem`), key, { mode: 0o600 })
    }
    for (const [to, from] of [
      ['cert0.pem', certPath],
      ['key0.pem', keyPath],
    ] as const)
      await symlink(to, from)
    const { renew } = await opened()
    await symlink('cert1.pem', join(folder, 'next'))
    await rename(join(folder, 'next'), certPath)
    expect((await renew())?.cert).toBe(pairs[1].cert)
  })

  it('warns once that the certificate ends soon', async () => {
    await put(await pairOf('server', -80, 15))
    const { renew } = await opened()
    expect(lines).toEqual([])
    now = start + 2 * day
    await renew()
    await renew()
    expect(lines).toEqual([expect.stringContaining('the TLS certificate ends soon; renew it')])
  })
})
