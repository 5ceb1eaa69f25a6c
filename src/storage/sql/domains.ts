import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import { cachedRecord } from './cached-record.ts'
import { leaveAudit } from './leave-audit.ts'
import { poolStands } from './pool-stands.ts'
import { poolDoc, savePool } from './pools.ts'
import type { Tx } from './tx.ts'
import { undo } from './undo.ts'
import type { VerbsOf } from './verb.ts'

const holder = 'SELECT domain_uid, pool_uid FROM pool_domain_name WHERE domain = ?'
const versionByName = `SELECT n.domain_uid, n.pool_uid, p.version FROM pool_domain_name n JOIN user_pool p ON p.pool_uid = n.pool_uid
  WHERE n.domain = ?`
const claim = 'INSERT INTO pool_domain_name (domain, domain_uid, pool_uid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
const takeOver = 'UPDATE pool_domain_name SET domain_uid = ?, pool_uid = ? WHERE domain = ? AND pool_uid = ?'
const release = 'DELETE FROM pool_domain_name WHERE domain = ? AND domain_uid = ?'

interface Holder {
  readonly domain_uid: string
  readonly pool_uid: string
}

/** 'own' when the domain holds its name already: an earlier try of the same creation came through. */
const claimName = async (tx: Tx, poolUid: string, { Domain, uid }: PoolDomain): Promise<'claimed' | 'own' | 'taken'> => {
  if (await tx.run(claim, Domain, uid, poolUid)) return 'claimed'
  const held = await tx.get<Holder>(holder, Domain)
  if (held?.domain_uid === uid) return 'own'
  // The directory row of a deleted pool's domain stands until it is purged, but holds nothing any more.
  if (held === undefined || (await poolStands(tx, held.pool_uid))) return 'taken'
  return (await tx.run(takeOver, uid, poolUid, Domain, held.pool_uid)) ? 'claimed' : 'taken'
}

/** The directory of domains. */
export const domainVerbs: VerbsOf<'domains'> = {
  create: {
    kind: 'write',
    run: async (tx, by, pool, domain) => {
      const claimed = await claimName(tx, pool.uid, domain)
      if (claimed !== 'claimed') return claimed === 'own' ? 'created' : 'domain taken'
      if (!(await savePool(tx, pool))) return undo('version conflict')
      await leaveAudit(tx, by, pool.uid, domain.uid, 'created')
      return 'created'
    },
  },

  byName: {
    kind: 'point',
    run: async (tx, name) => {
      const row = await tx.get<Holder & { version: number }>(versionByName, name)
      const pool = row && (await cachedRecord<UserPool>(tx, row.pool_uid, row.version, poolDoc, row.pool_uid))
      // The pool may have changed since the first statement, and have the domain no more.
      const domain = pool?.domains?.find(({ uid }) => uid === row?.domain_uid)
      return pool && domain && { domain, pool }
    },
  },

  delete: {
    kind: 'write',
    run: async (tx, by, pool, domain) => {
      if (!(await savePool(tx, pool))) return 'version conflict'
      await tx.run(release, domain.Domain, domain.uid)
      await leaveAudit(tx, by, pool.uid, domain.uid, 'deleted')
      return 'deleted'
    },
  },
}
