import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { Compute } from '../compute/compute.ts'
import { attachSignature, parseJwt, signingInput, verifyRs256 } from '../crypto/jwt.ts'
import { keyId, newSigningKeyPair, type SigningKeyPair } from '../crypto/rsa-key.ts'
import { currentKey, isPublished, publishedKeys } from '../domain/signing-key.ts'
import type { By, SigningKeyRow, Store } from '../storage/store.ts'
import { createDigestMemory } from './digest-memory.ts'
import type { Keyring, PublicJwk, SigningKeys } from './keyring.ts'
import { cacheRows } from './signing-key-rows.ts'

/** What the signing keys of all pools are opened with. */
export interface SigningKeySources {
  readonly store: Store
  readonly keyring: Keyring
  readonly clock: Clock
  readonly compute: Compute
  readonly by: (action: string) => By
  /** Where new RSA keys come from. */
  readonly newPair?: () => Promise<SigningKeyPair>
}

type Use = SigningKeyRow['use']

/** A row's key, proved by its sealed private half. */
interface OpenKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly jwk: PublicJwk
}

const uses: readonly Use[] = ['id', 'access']

/** Signs and verifies with the pools' own RSA keys, which are made at first need; key changes of other nodes show after 250 ms at most. */
export const openSigningKeys = ({ store, keyring, clock, compute, by, newPair = newSigningKeyPair }: SigningKeySources): SigningKeys => {
  const rows = cacheRows(store, clock)
  const opened = new LRUCache<string, OpenKey>({ max: 4000 })
  // Which tokens keys have signed or confirmed: an access token comes back with every call of its owner. The number says nothing.
  const remembered = createDigestMemory()
  const making = new Map<string, Promise<SigningKeyRow>>()

  const openKey = async (row: SigningKeyRow): Promise<OpenKey> => {
    const name = keyName(row)
    const known = opened.get(name)
    if (known) return known
    const sealed = await keyring.open('signing-keys', row.poolUid, entity(row.use, row.kid), row.sealedPrivate)
    if (!sealed) throw new Error(`Signing key ${row.kid} of pool ${row.poolUid} is damaged: its private half does not open.`)
    const key = fromPkcs8(sealed)
    opened.set(name, key)
    return key
  }

  const add = async (poolUid: string, use: Use, ordinal: number, activeFrom: number): Promise<SigningKeyRow> => {
    const { privateKeyPkcs8, publicJwk } = await newPair()
    const kid = keyId(publicJwk)
    const sealedPrivate = await keyring.seal('signing-keys', poolUid, entity(use, kid), privateKeyPkcs8)
    const row = { poolUid, use, ordinal, kid, publicJwk: JSON.stringify(publicJwk), sealedPrivate, activeFrom, createdAt: clock.now() }
    const stands = await store.signingKeys.putIfAbsent(by('CreateSigningKey'), row)
    rows.forget(poolUid)
    return stands
  }

  const current = async (poolUid: string, use: Use): Promise<SigningKeyRow> => {
    const known = currentKey(await rows.ofPool(poolUid), use, clock.now())
    if (known) return known
    const name = `${use} ${poolUid}`
    const started = making.get(name)
    if (started) return started
    const first = add(poolUid, use, 0, clock.now()).finally(() => making.delete(name))
    making.set(name, first)
    return first
  }

  const findVerifier = async (poolUid: string, use: Use, kid: unknown): Promise<SigningKeyRow | undefined> => {
    const find = (all: SigningKeyRow[]) => all.find((row) => row.use === use && row.kid === kid && isPublished(all, row, clock.now()))
    // A key that is not known may be one that another node has just made.
    return find(await rows.ofPool(poolUid)) ?? find(await rows.freshOfPool(poolUid))
  }

  return {
    sign: async (poolUid, use, claims, typ) => {
      const row = await current(poolUid, use)
      const { privateKey } = await openKey(row)
      const input = signingInput({ kid: row.kid, alg: 'RS256', ...(typ && { typ }) }, claims)
      const token = attachSignature(input, await compute.sign(privateKey, Buffer.from(input, 'ascii')))
      if (use === 'access') remembered.set(underKey(row, token), 1)
      return token
    },
    read: parseJwt,
    verify: async (poolUid, use, jwt) => {
      if (jwt.header['alg'] !== 'RS256') return undefined
      const row = await findVerifier(poolUid, use, jwt.header['kid'])
      if (row === undefined) return undefined
      const name = underKey(row, jwt.text)
      if (remembered.get(name) !== undefined) return jwt.payload
      if (!verifyRs256(jwt, (await openKey(row)).publicKey)) return undefined
      remembered.set(name, 1)
      return jwt.payload
    },
    published: async (poolUid) => {
      await Promise.all(uses.map((use) => current(poolUid, use)))
      const keys = publishedKeys(await rows.ofPool(poolUid), clock.now())
      return Promise.all(keys.map(async (row) => (await openKey(row)).jwk))
    },
    rotate: async (poolUid, delay) => {
      await Promise.all(uses.map((use) => current(poolUid, use)))
      const all = await rows.freshOfPool(poolUid)
      const next = (use: Use): number => 1 + Math.max(...all.filter((row) => row.use === use).map((row) => row.ordinal))
      const added = await Promise.all(uses.map((use) => add(poolUid, use, next(use), clock.now() + delay)))
      const published = new Set(publishedKeys(all, clock.now()))
      for (const row of all.filter((old) => !published.has(old)))
        await store.signingKeys.remove(by('RemoveSigningKey'), poolUid, row.use, row.ordinal)
      rows.forget(poolUid)
      return added.map((row) => row.kid)
    },
  }
}

const entity = (use: Use, kid: string): string => `${use} ${kid}`

/** What one key confirmed says nothing about another one. */
const underKey = (row: SigningKeyRow, token: string): string => `${keyName(row)} ${token}`

const keyName = ({ poolUid, use, kid }: SigningKeyRow): string => `${poolUid} ${entity(use, kid)}`

/** The public half is taken from the private one: a public key that somebody else wrote into the row would verify their tokens. */
const fromPkcs8 = (der: Uint8Array): OpenKey => {
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const kid = keyId({ kty: 'RSA', n, e })
  return { privateKey, publicKey, jwk: { kty: 'RSA', alg: 'RS256', use: 'sig', kid, n, e } }
}
