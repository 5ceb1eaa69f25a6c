import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import { type Authority, newAuthority } from '../crypto/certificate-authority.ts'
import { p256Key, p256SeedSize } from '../crypto/p256-key.ts'
import { makeFolder } from '../make-folder.ts'
import type { Random } from '../random.ts'
import { ensureFile, readSecretFile } from './secret-file.ts'

/** A certificate authority, and the file in which its certificate stands; one that nobody keeps has none. */
export interface LocalAuthority extends Authority {
  readonly path: string | undefined
}

/** What an authority is opened or made with. */
export interface AuthorityOptions {
  /** What it vouches for besides names under localhost and loopback addresses. */
  readonly names: readonly string[]
  readonly clock: Clock
  readonly random: Random
}

const day = 86_400_000
const lifetime = 3652 * day

const make = (key: KeyObject, { names, clock, random }: AuthorityOptions): Promise<Authority> => {
  const now = clock.now()
  return newAuthority({
    key,
    names,
    validity: { from: now - day, until: now + lifetime },
    // A positive number.
    serialNumber: Uint8Array.of(0x40, ...random.bytes(15)),
  })
}

/** An authority that lives as long as the process. */
export const passingAuthority = async (options: AuthorityOptions): Promise<LocalAuthority> => ({
  ...(await make(p256Key(options.random.bytes(p256SeedSize)), options)),
  path: undefined,
})

/** Authorities that vouch for different names are different ones, so that nobody is asked to trust more than is used. */
const stemOf = (names: readonly string[]): string =>
  names.length === 0
    ? 'authority'
    : `authority-${createHash('sha256')
        .update([...names].sort().join(' '))
        .digest('hex')
        .slice(0, 12)}`

/**
 * The authority in a folder: `authority.key` (mode 0600) and `authority.pem`, or for other names than localhost a pair that is called after
 * them. Folder and files are made where they are missing; of several who make them at once, one does. It is valid for ten years.
 */
export const openAuthority = async (folder: string, options: AuthorityOptions): Promise<LocalAuthority | { readonly fault: string }> => {
  const { random, clock } = options
  const stem = stemOf(options.names)
  try {
    makeFolder(folder)
    const keyPath = await ensureFile(folder, `${stem}.key`, random, () =>
      p256Key(random.bytes(p256SeedSize)).export({ format: 'pem', type: 'pkcs8' }).toString(),
    )
    const secret = await readSecretFile(keyPath, "local certificate authority's key")
    if ('fault' in secret) return secret
    const key = readKey(secret.text)
    if (key === undefined) return { fault: `${keyPath} holds no private key. ${startAnew(folder)}` }
    const path = await ensureFile(folder, `${stem}.pem`, random, async () => (await make(key, options)).certificate, 0o644)
    const certificate = await readFile(path, 'utf8')
    const fault = certificateFault(certificate, key, clock.now())
    return fault === undefined ? { certificate, key, path } : { fault: `${path} ${fault} ${startAnew(folder)}` }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return {
      fault: `The local certificate authority can't be kept in ${folder} (${error.code}). Set XDG_DATA_HOME to a folder that this user may write to.`,
    }
  }
}

const startAnew = (folder: string): string =>
  `Remove the folder ${folder}; the next start makes a new authority, which must be trusted again.`

const readKey = (text: string): KeyObject | undefined => {
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

const certificateFault = (text: string, key: KeyObject, now: number): string | undefined => {
  try {
    const certificate = new X509Certificate(text)
    if (!certificate.checkPrivateKey(key)) return 'does not belong to the key beside it.'
    const { validToDate } = certificate
    return validToDate.getTime() <= now ? `expired on ${validToDate.toISOString().slice(0, 10)}.` : undefined
  } catch {
    return 'holds no certificate.'
  }
}
