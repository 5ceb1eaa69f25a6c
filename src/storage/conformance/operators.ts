import { describe, expect, it } from 'vitest'
import type { OperatorAccount, OperatorSession } from '../../domain/operator-account.ts'
import type { Store } from '../store.ts'
import { byAt, race, unique, walk } from './samples.ts'

const plenty = 1_000_000

const sampleOperator = (values: Partial<OperatorAccount> = {}): OperatorAccount => ({
  name: `operator-${unique()}`,
  uid: `uid-${unique()}`,
  version: 1,
  policy: '{}',
  boundaries: [],
  madeBy: [],
  generation: 0,
  setUp: { hash: 'aa', expiresAt: 5000 },
  createdAt: 1000,
  ...values,
})

const sampleSession = (values: Partial<OperatorSession> = {}): OperatorSession => ({
  hash: `hash-${unique()}`,
  name: 'ada',
  uid: 'uid',
  generation: 0,
  createdAt: 1000,
  usedAt: 1000,
  expiresAt: 60_000_000,
  ...values,
})

/** What every store does with operators of the console and their sessions. */
export const operatorConformance = (store: () => Store): void => {
  describe('operators', () => {
    it('are created once under a name, up to the limit, and listed by it', async () => {
      const account = sampleOperator()
      const results = await race(20, (n) => store().operators.create(byAt(1), { ...account, uid: `uid-${n}` }, plenty))
      expect(results).toEqual({ created: 1, 'name taken': 19 })
      expect(await store().operators.byName(account.name)).toMatchObject({ ...account, uid: expect.stringMatching(/^uid-\d+$/) })
      const other = sampleOperator()
      const known = (await walk((after) => store().operators.list({ after, limit: 1 }))).flat().length
      expect(await store().operators.create(byAt(1), other, known)).toBe('too many')
      expect(await store().operators.byName(other.name)).toBeUndefined()
      expect(await store().operators.create(byAt(1), other, known + 1)).toBe('created')
      const names = (await walk((after) => store().operators.list({ after, limit: 1 }))).flat().map(({ name }) => name)
      expect(names).toEqual([...names].sort())
      expect(names).toEqual(expect.arrayContaining([account.name, other.name]))
    })

    it('are saved by one of those who read the same version, and what is left out is gone', async () => {
      const account = sampleOperator()
      await store().operators.create(byAt(1), account, plenty)
      const { setUp: _, ...rest } = account
      const results = await race(20, (n) => store().operators.save(byAt(2), { ...rest, passwordHash: `hash ${n}`, generation: 1 }))
      expect(results).toEqual({ saved: 1, 'version conflict': 19 })
      const saved = await store().operators.byName(account.name)
      expect(saved).toEqual({ ...rest, passwordHash: saved?.passwordHash, generation: 1, version: 2 })
      expect(await store().operators.save(byAt(2), sampleOperator())).toBe('version conflict')
    })

    it('are deleted as they were read, and make room for a new one', async () => {
      const account = sampleOperator()
      await store().operators.create(byAt(1), account, plenty)
      await store().operators.save(byAt(1), account)
      const count = (await walk((after) => store().operators.list({ after, limit: 50 }))).flat().length
      expect(await store().operators.delete(byAt(2), account)).toBe('version conflict')
      expect(await race(20, () => store().operators.delete(byAt(2), { ...account, version: 2 }))).toEqual({ deleted: 1, absent: 19 })
      expect(await store().operators.byName(account.name)).toBeUndefined()
      expect(await store().operators.create(byAt(3), account, count)).toBe('created')
    })

    it('leave their rows in the audit trail, without any secret', async () => {
      const account = sampleOperator({ passwordHash: '$argon2id$secret' })
      const by = { ...byAt(9_000_000_000_000), actor: 'operator:ada', action: 'CreateOperator' }
      await store().operators.create(by, account, plenty)
      await store().operators.save({ ...by, action: 'ResetOperator' }, account)
      await store().operatorSessions.open({ ...by, action: 'SignIn' }, sampleSession({ name: account.name, hash: `h${account.name}` }))
      await store().operatorSessions.end({ ...by, action: 'SignOut' }, `h${account.name}`)
      await store().operators.delete({ ...by, action: 'DeleteOperator' }, { ...account, version: 2 })
      const { rows } = await store().audit.list('server', { limit: 20 })
      const own = rows.filter(({ subject }) => subject === `operator ${account.name}`)
      expect(own.map(({ action, outcome }) => `${action}: ${outcome}`).sort()).toEqual([
        'CreateOperator: created',
        'DeleteOperator: deleted',
        'ResetOperator: saved',
        'SignIn: session opened',
        'SignOut: session ended',
      ])
      expect(own.every(({ actor }) => actor === 'operator:ada')).toBe(true)
      expect(JSON.stringify(rows)).not.toContain('argon2id')
    })
  })

  describe('sessions of operators', () => {
    it('are found by their hash until they are ended', async () => {
      const session = sampleSession()
      expect(await store().operatorSessions.byHash(session.hash)).toBeUndefined()
      await store().operatorSessions.open(byAt(1000), session)
      expect(await store().operatorSessions.byHash(session.hash)).toEqual(session)
      expect(await race(20, () => store().operatorSessions.end(byAt(2000), session.hash))).toEqual({ ended: 1, absent: 19 })
      expect(await store().operatorSessions.byHash(session.hash)).toBeUndefined()
    })

    it('remember their last use', async () => {
      const session = sampleSession()
      expect(await store().operatorSessions.touch(byAt(1), session.hash)).toBe('absent')
      await store().operatorSessions.open(byAt(1000), session)
      expect(await store().operatorSessions.touch(byAt(7000), session.hash)).toBe('touched')
      expect(await store().operatorSessions.touch(byAt(6000), session.hash)).toBe('touched')
      expect(await store().operatorSessions.byHash(session.hash)).toEqual({ ...session, usedAt: 7000 })
    })

    it('are purged once they expired', async () => {
      const session = sampleSession({ expiresAt: 7_000_000 })
      await store().operatorSessions.open(byAt(1000), session)
      while ((await store().maintenance.purge(byAt(6_999_999), 500)) > 0);
      expect(await store().operatorSessions.byHash(session.hash)).toEqual(session)
      while ((await store().maintenance.purge(byAt(7_000_000), 500)) > 0);
      expect(await store().operatorSessions.byHash(session.hash)).toBeUndefined()
    })
  })
}
