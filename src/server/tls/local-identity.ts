import { createPublicKey } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../clock.ts'
import { type Authority, issueServerCertificate } from '../../crypto/certificate-authority.ts'
import { p256Key, p256SeedSize } from '../../crypto/p256-key.ts'
import type { Random } from '../../random.ts'
import { askedName } from './served-names.ts'
import { type KeyAndCertificate, minVersion, type TlsIdentity } from './tls-identity.ts'

/** What the certificates of a development server are made with. */
export interface LocalIdentityOptions {
  readonly authority: Authority
  /** Names and addresses that the server is reached under. */
  readonly names: readonly string[]
  readonly clock: Clock
  readonly random: Random
}

const day = 86_400_000
// Apple takes 825 days at most; these are remade all the time, so they need far less.
const lifetime = 90 * day
const renewal = 30 * day
// Anybody can ask for any name below localhost.
const keptContexts = 100

/**
 * Certificates signed by an authority. A wildcard covers one label only and none right below a top-level name, while pools have
 * `<prefix>.auth.<region>.localhost`: so each name that a client asks for gets a certificate of its own. Key and certificates stay in memory.
 */
export const createLocalIdentity = async ({ authority, names, clock, random }: LocalIdentityOptions): Promise<TlsIdentity> => {
  const privateKey = p256Key(random.bytes(p256SeedSize))
  const publicKey = createPublicKey(privateKey)
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

  const issue = async (subjects: readonly string[]): Promise<KeyAndCertificate & { readonly until: number }> => {
    const now = clock.now()
    // The first bit is clear and the byte is not zero: a serial number is a positive number.
    const serialNumber = Uint8Array.of(0x40, ...random.bytes(15))
    const validity = { from: now - day, until: now + lifetime }
    return {
      cert: await issueServerCertificate(authority, { names: subjects, publicKey, validity, serialNumber }),
      key,
      until: validity.until,
    }
  }
  const isFresh = ({ until }: { readonly until: number }): boolean => until - clock.now() > renewal

  const contexts = new LRUCache<string, { readonly context: SecureContext; readonly until: number }>({ max: keptContexts })
  const hostNames = names.filter((name) => isIP(name) === 0)
  let current = await issue(names)
  return {
    current,
    contextFor: async (asked) => {
      const name = askedName(asked, hostNames)
      if (name === undefined) return undefined
      const kept = contexts.get(name)
      if (kept !== undefined && isFresh(kept)) return kept.context
      const { cert, until } = await issue([name])
      const context = createSecureContext({ cert, key, minVersion })
      contexts.set(name, { context, until })
      return context
    },
    renew: async () => {
      if (isFresh(current)) return undefined
      current = await issue(names)
      return current
    },
  }
}
