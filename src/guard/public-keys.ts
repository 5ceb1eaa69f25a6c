import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { isObject } from '../domain/is-object.ts'

/** The public keys of an issuer. */
export interface PublicKeys {
  /** The key with this id; undefined when the issuer has none. Throws KeysUnreachable while nothing was read, or not for a day. */
  find(kid: string): Promise<KeyObject | undefined>
}

/** The keys of the issuer can't be read, so that no token can be judged. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable'
}

/** Reads a JSON document; throws where that fails. */
export type FetchJson = (url: string) => Promise<unknown>

/** A made-up kid costs the issuer one request in this time, however many there are. */
const restMs = 10_000
/** While no key was ever read nobody is let in, so that an issuer that starts later than the gateway is found soon. */
const restWithoutKeysMs = 1000
/** From then on they are read again beside the requests, so that none waits for it. */
const renewMs = 3_600_000
/** API Gateway keeps keys for up to two hours (guide, "JWT authorizers"). */
const freshMs = 2 * renewMs
/** An issuer that is away closes nothing at once, but what it may have withdrawn meanwhile must not work forever. */
const maxAgeMs = 24 * renewMs

const weakest = 2048

const keyOf = (jwk: unknown): [string, KeyObject] | undefined => {
  if (!isObject(jwk)) return undefined
  const { kty, kid, n, e, use = 'sig', alg = 'RS256' } = jwk
  if (kty !== 'RSA' || use !== 'sig' || alg !== 'RS256') return undefined
  if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return undefined
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' })
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < weakest ? undefined : [kid, key]
  } catch {
    return undefined
  }
}

/** The RSA keys for RS256 of a JWKS (RFC 7517); throws when it is none. */
export const readJwks = (document: unknown): ReadonlyMap<string, KeyObject> => {
  if (!isObject(document) || !Array.isArray(document['keys'])) throw new Error('what it answers is no JWKS')
  return new Map(document['keys'].map(keyOf).filter((entry) => entry !== undefined))
}

const discover = async (issuer: string, fetchJson: FetchJson): Promise<string> => {
  const document = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  if (!isObject(document) || typeof document['jwks_uri'] !== 'string') throw new Error('its discovery document names no jwks_uri')
  if (document['issuer'] !== issuer) throw new Error(`its discovery document is of the issuer ${JSON.stringify(document['issuer'])}`)
  return document['jwks_uri']
}

/**
 * The keys of an issuer, read at first need and kept for two hours, while the issuer does not answer for a day; read again for an unknown id,
 * at most every ten seconds. `onFault` hears once that keys in use can't be read again.
 */
export const createPublicKeys = (
  from: { readonly issuer: string; readonly jwksUrl?: string | undefined },
  {
    clock,
    fetchJson,
    onFault,
  }: { readonly clock: Clock; readonly fetchJson: FetchJson; readonly onFault?: ((sentence: string) => void) | undefined },
): PublicKeys => {
  let keys: ReadonlyMap<string, KeyObject> | undefined
  let readAt = 0
  let triedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  let why = ''
  let reading: Promise<void> | undefined
  const read = async (): Promise<void> => {
    triedAt = clock.now()
    try {
      keys = readJwks(await fetchJson(from.jwksUrl ?? (await discover(from.issuer, fetchJson))))
      readAt = clock.now()
      isAway = false
    } catch (error) {
      why = error instanceof Error ? error.message : String(error)
      if (keys !== undefined && !isAway)
        onFault?.(`The keys of ${from.issuer} can't be read again: ${why}. Those that it had are used for a day at most.`)
      isAway = true
    } finally {
      reading = undefined
    }
  }
  const refresh = async (): Promise<void> => {
    // A clock that was put back must not keep keys from being read.
    if (reading === undefined && Math.abs(clock.now() - triedAt) < (keys === undefined ? restWithoutKeysMs : restMs)) return
    reading ??= read()
    await reading
  }
  // A clock that was put back makes keys old, not new.
  const ageMs = (): number => (keys === undefined ? Number.POSITIVE_INFINITY : Math.abs(clock.now() - readAt))
  return {
    find: async (kid) => {
      const age = ageMs()
      // For an issuer that was just found away only those requests wait that can't be judged without.
      const wasJustAway = isAway && Math.abs(clock.now() - triedAt) < freshMs
      const isNeeded = age >= maxAgeMs || keys?.has(kid) === false || (age >= freshMs && !wasJustAway)
      if (isNeeded) await refresh()
      else if (age >= renewMs) void refresh()
      if (keys === undefined || ageMs() >= maxAgeMs) throw new KeysUnreachable(`The keys of ${from.issuer} can't be read: ${why}.`)
      return keys.get(kid)
    },
  }
}
