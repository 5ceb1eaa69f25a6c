import type { KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type DataKey, type DeriveValueKey, mostUnderOneSalt, sealSaltSize, valueKey } from '../crypto/seal.ts'
import type { Random } from '../random.ts'

/** Salts that many values share, and the keys that were derived from them: deriving one costs more than the cipher that it is for. */
export interface ValueKeys {
  /** A salt for one more value under the data key; it changes after 65,536 of them. */
  saltFor(key: DataKey): Uint8Array
  /** Runs work with `valueKey`; what was derived is remembered when the work answers something, so that nobody fills the memory with made-up salts. */
  using<T>(work: (derive: DeriveValueKey) => T): T
}

const remembered = 2000

/** The value keys of one keyring; every process and every start draws salts of its own. */
export const openValueKeys = (random: Pick<Random, 'bytes'>): ValueKeys => {
  const salts = new LRUCache<string, { readonly salt: Uint8Array; left: number }>({ max: remembered })
  const derived = new LRUCache<string, KeyObject>({ max: remembered })
  return {
    saltFor: ({ id }) => {
      const known = salts.get(id)
      const current = known !== undefined && known.left > 0 ? known : { salt: random.bytes(sealSaltSize), left: mostUnderOneSalt }
      if (current !== known) salts.set(id, current)
      current.left -= 1
      return current.salt
    },
    using: (work) => {
      let made: { readonly name: string; readonly secret: KeyObject } | undefined
      const answer = work((key, salt, purpose) => {
        const name = `${key.id} ${purpose} ${Buffer.from(salt.buffer, salt.byteOffset, salt.length).toString('latin1')}`
        const known = derived.get(name)
        if (known !== undefined) return known
        made = { name, secret: valueKey(key, salt, purpose) }
        return made.secret
      })
      if (answer !== undefined && made !== undefined) derived.set(made.name, made.secret)
      return answer
    },
  }
}
