import { createHmac, hash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { openUuid, sealUuid } from '../crypto/opaque-uuid.ts'
import { frameRefreshToken, openRefreshToken, refreshTokenEntropySize, refreshTokenKeyId } from '../crypto/refresh-token.ts'
import { seal, sealAll, sealAllEntropySize, sealEntropySize, sealedKeyId, sealSaltSize, unseal } from '../crypto/seal.ts'
import { serverUid } from '../domain/server-uid.ts'
import type { Random } from '../random.ts'
import type { By, Store } from '../storage/store.ts'
import { type DataKeys, type OpenDataKey, openDataKeys } from './data-keys.ts'
import { createDigestMemory } from './digest-memory.ts'
import type { Keyring } from './keyring.ts'
import { masterKeyFault, sentinelPurpose } from './master-key-fault.ts'
import { claimMasterKeyRecord, findMasterKeyRecord } from './master-key-record.ts'
import { openValueKeys } from './value-keys.ts'
import { masterKeysById } from './wrapped-key.ts'

/** What a keyring is opened with. */
export interface KeyringSources {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  /** 32 bytes each. In a new store the first one becomes current; later `rotateMasterKey` decides which is. */
  readonly masterKeys: readonly Buffer[]
  readonly by: (action: string) => By
}

/** Opens the keyring of a store; throws `masterKeyFault`'s sentence when the master keys do not fit the data. */
export const openKeyring = async ({ store, clock, random, masterKeys, by }: KeyringSources): Promise<Keyring> => {
  const loaded = masterKeysById(masterKeys)
  await requireFittingKeys(store, masterKeys)
  const [first = ''] = loaded.keys()
  const { current } = (await findMasterKeyRecord(store)) ?? (await claimMasterKeyRecord(store, by('OpenKeyring'), first))
  // Somebody with another key may have opened the new store between the two lines above.
  if (!loaded.has(current)) await requireFittingKeys(store, masterKeys)
  const dataKeys = openDataKeys({ store, clock, random, masterKeys: loaded, by })
  await dataKeys.current(serverUid, sentinelPurpose)
  return keyring(dataKeys, random)
}

const requireFittingKeys = async (store: Store, masterKeys: readonly Buffer[]): Promise<void> => {
  const fault = await masterKeyFault(store, masterKeys)
  if (fault !== undefined) throw new Error(fault)
}

// Purposes that have their own methods bind their values to one fixed entity.
const refreshBinding = (poolUid: string) => ({ purpose: 'refresh', poolUid, entity: 'refresh token' })

// Nine bytes of an origin id's noise are random; three name the client, so that one made again under the same id honours no old token.
const originMark = (clientUid: string): Buffer => hash('sha256', clientUid, 'buffer').subarray(0, 3)

const originName = (keyId: string, clientUid: string, originId: string): string => `${keyId} ${clientUid} ${originId}`

const keyring = (dataKeys: DataKeys, random: Random): Keyring => {
  // Generations in origin ids that were made or opened: an access token comes back with every call of its owner.
  const generations = createDigestMemory()
  const { saltFor, using } = openValueKeys(random)
  const entropyFor = (key: OpenDataKey, size: number) => Buffer.concat([saltFor(key), random.bytes(size - sealSaltSize)])
  // Whether the key belongs to the names that were asked for is told by opening: a value is bound to them.
  const namedKey = async (id: string | undefined): Promise<OpenDataKey | undefined> => (id === undefined ? undefined : dataKeys.byId(id))

  return {
    seal: async (purpose, poolUid, entity, plain) => {
      const key = await dataKeys.current(poolUid, purpose)
      return using((derive) => seal(key, { purpose, poolUid, entity }, plain, entropyFor(key, sealEntropySize), derive)).toString('base64')
    },
    sealAll: async (purpose, poolUid, values) => {
      const key = await dataKeys.current(poolUid, purpose)
      const sealed = sealAll(key, { purpose, poolUid }, values, random.bytes(sealAllEntropySize(values.length)))
      return sealed.map((bytes) => bytes.toString('base64'))
    },
    open: async (purpose, poolUid, entity, sealed) => {
      const bytes = decodeCanonical(sealed)
      const key = bytes && (await namedKey(sealedKeyId(bytes)))
      return key && using((derive) => unseal(key, { purpose, poolUid, entity }, bytes, derive))
    },
    fingerprint: async (purpose, poolUid, data) => {
      const { fingerprintKey } = await dataKeys.current(poolUid, purpose)
      return createHmac('sha256', fingerprintKey).update(data).digest()
    },
    sealRefreshToken: async (poolUid, content) => {
      const key = await dataKeys.current(poolUid, 'refresh')
      const entropy = entropyFor(key, refreshTokenEntropySize)
      return using((derive) => frameRefreshToken(key, refreshBinding(poolUid), content, entropy, derive))
    },
    openRefreshToken: async (poolUid, token) => {
      const key = await namedKey(refreshTokenKeyId(token))
      return key && using((derive) => openRefreshToken(key, refreshBinding(poolUid), token, derive))
    },
    sealOriginId: async (poolUid, clientUid, generation) => {
      const { id, originIdKey } = await dataKeys.current(poolUid, 'origin-ids')
      const originId = sealUuid(originIdKey, generation, Buffer.concat([random.bytes(9), originMark(clientUid)]))
      generations.set(originName(id, clientUid, originId), generation)
      return originId
    },
    openOriginId: async (poolUid, clientUid, originId) => {
      const { id, originIdKey } = await dataKeys.current(poolUid, 'origin-ids')
      const name = originName(id, clientUid, originId)
      const known = generations.get(name)
      if (known !== undefined) return known
      const opened = openUuid(originIdKey, originId)
      if (!opened?.noise.subarray(9).equals(originMark(clientUid))) return undefined
      generations.set(name, opened.generation)
      return opened.generation
    },
  }
}

/** Base64 in its one canonical spelling: two texts of one sealed value would slip past whoever remembers spent ones. */
const decodeCanonical = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
