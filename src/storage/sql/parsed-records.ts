import { LRUCache } from 'lru-cache'

/** Documents that were parsed before, the latest version that was seen of each. */
export type ParsedRecords = LRUCache<string, { readonly version: number; readonly record: object }>

/** An empty cache for one store; a few thousand documents of some 5 kB each. */
export const newParsedRecords = (): ParsedRecords => new LRUCache({ max: 2000 })
