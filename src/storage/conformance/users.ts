import { describe, expect, it } from 'vitest'
import type { LoginName } from '../../domain/user.ts'
import type { Store } from '../store.ts'
import { byAt, createPool, newUser, race, register, sampleCode, sampleCredential, sampleGroup, sampleUser } from './samples.ts'

const email = (name: string): LoginName => ({ kind: 'email', name })
const username = (name: string): LoginName => ({ kind: 'username', name })

/** What every store does with users, their names and their credentials. */
export const userConformance = (store: () => Store): void => {
  describe('users.register', () => {
    it('writes user, names, credential and code', async () => {
      const pool = await createPool(store())
      const user = sampleUser(pool, 'ann', { attributes: { email: 'ann@example.com', 'custom:größe': '1' }, pending: { email: 'x' } })
      const code = sampleCode(user)
      const credential = sampleCredential('aa')
      const names = [username('ann'), email('ann@example.com')]
      expect(await store().users.register(byAt(1), { user, names, search: [], credential, code })).toBe('registered')
      expect(await store().users.byId(pool.uid, user.id)).toEqual(user)
      for (const { name } of names) expect(await store().users.byName(pool.uid, name)).toEqual(user)
      expect(await store().users.credential(pool.uid, user.id)).toEqual(credential)
      expect(await store().codes.charge(byAt(2), code, 3)).toEqual(code)
      expect(await store().users.byName(pool.uid, 'ben')).toBeUndefined()
      expect(await store().users.byId(pool.uid, 'absent')).toBeUndefined()
      expect(await store().users.credential(pool.uid, 'absent')).toBeUndefined()
    })

    it('gives a name to one of many that want it, whatever kind of name it is to them', async () => {
      const pool = await createPool(store())
      const results = await race(50, (n) => {
        const names = n % 2 ? [username(`u${n}`), email('x@example.com')] : [username('x@example.com')]
        return store().users.register(byAt(1), { ...newUser(pool, `u${n}`), names })
      })
      expect(results['registered']).toBe(1)
      const taken = Object.entries(results).filter(([result]) => result !== 'registered')
      expect(taken.reduce((sum, [, times]) => sum + times, 0)).toBe(49)
      for (const [result] of taken) expect(JSON.parse(result)).toMatchObject({ taken: { name: 'x@example.com' } })
    })

    it('leaves nothing when a name was taken', async () => {
      const pool = await createPool(store())
      await register(store(), pool, 'ann')
      const late = newUser(pool, 'ben', { names: [username('ben'), email('ann')] })
      expect(await store().users.register(byAt(1), late)).toEqual({ taken: email('ann') })
      expect(await store().users.byName(pool.uid, 'ben')).toBeUndefined()
      expect(await store().users.byId(pool.uid, late.user.id)).toBeUndefined()
      expect((await store().users.list(pool.uid, { attribute: 'username', op: '=', value: 'ben' }, { limit: 9 })).rows).toEqual([])
      await register(store(), pool, 'ben')
      expect(await store().users.byName(pool.uid, 'ben')).toBeDefined()
    })

    it('is success when it is tried again, and knows no names of other pools', async () => {
      const [pool, other] = [await createPool(store()), await createPool(store())]
      const user = newUser(pool, 'ann')
      expect(await store().users.register(byAt(1), user)).toBe('registered')
      expect(await store().users.register(byAt(1), user)).toBe('registered')
      expect(await store().users.register(byAt(1), newUser(other, 'ann'))).toBe('registered')
    })

    it('leaves nothing and harms no neighbour when it fails', async () => {
      const pool = await createPool(store())
      const broken = newUser(pool, 'broken')
      const code = sampleCode(broken.user, { expiresAt: Number.NaN })
      const results = await Promise.allSettled([
        store().users.register(byAt(1), newUser(pool, 'before')),
        store().users.register(byAt(1), { ...broken, code }),
        store().users.register(byAt(1), newUser(pool, 'after')),
      ])
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await store().users.byName(pool.uid, 'broken')).toBeUndefined()
      expect(await store().users.byName(pool.uid, 'before')).toBeDefined()
      expect(await store().users.byName(pool.uid, 'after')).toBeDefined()
      expect(await store().users.register(byAt(1), newUser(pool, 'broken'))).toBe('registered')
    })
  })

  describe('users.save', () => {
    it('saves one of many changes that began with the same version', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const results = await race(50, (n) => store().users.save(byAt(2), { user: { ...user, generation: n + 1 } }))
      expect(results).toEqual({ saved: 1, 'version conflict': 49 })
      expect((await store().users.byId(pool.uid, user.id))?.version).toBe(2)
      expect(await store().users.save(byAt(2), { user: sampleUser(pool, 'nobody') })).toBe('version conflict')
    })

    it('claims and releases names', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      expect(await store().users.save(byAt(2), { user, claim: [email('ann@example.com')] })).toBe('saved')
      expect((await store().users.byName(pool.uid, 'ann@example.com'))?.id).toBe(user.id)
      const second = { ...user, version: 2 }
      const change = { user: second, release: [email('ann@example.com')], claim: [email('new@example.com')] }
      expect(await store().users.save(byAt(2), change)).toBe('saved')
      expect(await store().users.byName(pool.uid, 'ann@example.com')).toBeUndefined()
      expect((await store().users.byName(pool.uid, 'new@example.com'))?.version).toBe(3)
      expect((await store().users.byName(pool.uid, 'ann'))?.id).toBe(user.id)
    })

    it('saves nothing when another user holds a claimed name', async () => {
      const pool = await createPool(store())
      const [ann, ben] = [await register(store(), pool, 'ann'), await register(store(), pool, 'ben')]
      const change = { user: { ...ben, generation: 7 }, claim: [email('free'), email('ann')], release: [username('ben')] }
      expect(await store().users.save(byAt(2), { user: ann }, change)).toEqual({ taken: email('ann') })
      expect(await store().users.byId(pool.uid, ann.id)).toEqual(ann)
      expect(await store().users.byName(pool.uid, 'ben')).toEqual(ben)
      expect(await store().users.byName(pool.uid, 'free')).toBeUndefined()
      const ghost = { user: { ...ben, version: 9 }, claim: [email('free')] }
      expect(await store().users.save(byAt(2), { user: ann }, ghost)).toBe('version conflict')
      expect(await store().users.byId(pool.uid, ann.id)).toEqual(ann)
    })

    it('gives a name to one of many users that claim it', async () => {
      const pool = await createPool(store())
      const users = await Promise.all(Array.from({ length: 50 }, (_, n) => register(store(), pool, `u${n}`)))
      const results = await race(50, (n) => store().users.save(byAt(2), { user: users[n] ?? expect.unreachable(), claim: [email('e')] }))
      expect(results).toEqual({ saved: 1, [JSON.stringify({ taken: email('e') })]: 49 })
    })

    it('releases before it claims over all changes of one call', async () => {
      const pool = await createPool(store())
      const ann = await register(store(), pool, 'ann', { names: [username('ann'), email('a')] })
      const ben = await register(store(), pool, 'ben', { names: [username('ben'), email('b')] })
      const swap = [
        { user: ann, release: [email('a')], claim: [email('b')] },
        { user: ben, release: [email('b')], claim: [email('a')] },
      ]
      expect(await store().users.save(byAt(2), ...swap)).toBe('saved')
      expect((await store().users.byName(pool.uid, 'a'))?.id).toBe(ben.id)
      expect((await store().users.byName(pool.uid, 'b'))?.id).toBe(ann.id)
    })

    it('keeps a name as long as it is anything to the user, and never releases that of another', async () => {
      const pool = await createPool(store())
      const ann = await register(store(), pool, 'ann@x', { names: [username('ann@x'), email('ann@x')] })
      const ben = await register(store(), pool, 'ben')
      expect(await store().users.save(byAt(2), { user: ben, release: [email('ann@x'), username('ann@x')] })).toBe('saved')
      expect((await store().users.byName(pool.uid, 'ann@x'))?.id).toBe(ann.id)
      expect(await store().users.save(byAt(2), { user: ann, release: [email('ann@x')] })).toBe('saved')
      expect((await store().users.byName(pool.uid, 'ann@x'))?.id).toBe(ann.id)
      expect(await store().users.save(byAt(2), { user: { ...ann, version: 2 }, release: [username('ann@x')] })).toBe('saved')
      expect(await store().users.byName(pool.uid, 'ann@x')).toBeUndefined()
    })

    it('lets one change use a code up', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      const code = sampleCode(user)
      await store().codes.put(byAt(2), code)
      const other = { user, spendCode: { purpose: code.purpose, id: 'another' } } as const
      expect(await store().users.save(byAt(2), other)).toBe('code spent')
      expect(await store().users.byId(pool.uid, user.id)).toEqual(user)
      expect(await store().users.save(byAt(2), { user, spendCode: code })).toBe('saved')
      expect(await store().users.save(byAt(2), { user: { ...user, version: 2 }, spendCode: code })).toBe('code spent')
      expect(await store().codes.charge(byAt(3), code, 3)).toBe('none')
    })

    it('puts and drops codes', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann', {})
      const signUp = sampleCode(user)
      const verify = sampleCode(user, { purpose: 'Verify:email', target: { attribute: 'email', value: 'a@x' } })
      await store().codes.put(byAt(2), signUp)
      expect(await store().users.save(byAt(2), { user, putCode: verify, dropCodes: ['SignUp'] })).toBe('saved')
      expect(await store().codes.charge(byAt(3), signUp, 3)).toBe('none')
      expect(await store().codes.charge(byAt(3), verify, 3)).toEqual(verify)
    })

    it('keeps as many earlier credentials as asked for', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann', { credential: sampleCredential('s1') })
      const replace = (version: number, historySize: number) =>
        store().users.save(byAt(2), { user: { ...user, version }, credential: { new: sampleCredential(`s${version + 1}`), historySize } })
      const salts = async (limit: number) => (await store().users.credentialHistory(pool.uid, user.id, limit)).map(({ salt }) => salt)
      for (const version of [1, 2, 3, 4]) expect(await replace(version, 3)).toBe('saved')
      expect((await store().users.credential(pool.uid, user.id))?.salt).toBe('s5')
      expect(await salts(10)).toEqual(['s4', 's3', 's2'])
      expect(await salts(2)).toEqual(['s4', 's3'])
      await replace(5, 1)
      expect(await salts(10)).toEqual(['s5'])
      await replace(6, 0)
      expect(await salts(10)).toEqual([])
    })

    it('takes the credential away, earlier ones too', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann', { credential: sampleCredential('s1') })
      await store().users.save(byAt(2), { user, credential: { new: sampleCredential('s2'), historySize: 5 } })
      expect(await store().users.save(byAt(3), { user: { ...user, version: 2 }, dropCredential: true })).toBe('saved')
      expect(await store().users.credential(pool.uid, user.id)).toBeUndefined()
      expect(await store().users.credentialHistory(pool.uid, user.id, 5)).toEqual([])
    })

    it('gives a user without credential the first one', async () => {
      const pool = await createPool(store())
      const user = await register(store(), pool, 'ann')
      await store().users.save(byAt(2), { user, credential: { new: sampleCredential('s1'), historySize: 5 } })
      expect((await store().users.credential(pool.uid, user.id))?.salt).toBe('s1')
      expect(await store().users.credentialHistory(pool.uid, user.id, 5)).toEqual([])
    })
  })

  describe('users.delete', () => {
    it('takes everything with it, so that a user made anew under the same name has nothing', async () => {
      const pool = await createPool(store())
      const credential = sampleCredential('s')
      const old = await register(store(), pool, 'ann', { credential })
      const group = sampleGroup(pool, 'team')
      await store().groups.create(byAt(1), group, 10)
      await store().groups.addMember(byAt(1), group, old.id, 10)
      await store().codes.put(byAt(1), sampleCode(old))
      await store().users.save(byAt(1), { user: old, claim: [email('mail')], credential: { new: sampleCredential('t'), historySize: 3 } })
      expect(await race(50, () => store().users.delete(byAt(2), old))).toEqual({ deleted: 1, absent: 49 })
      expect(await store().users.byId(pool.uid, old.id)).toBeUndefined()
      expect(await store().users.byName(pool.uid, 'ann')).toBeUndefined()
      expect(await store().users.byName(pool.uid, 'mail')).toBeUndefined()
      expect(await store().users.credential(pool.uid, old.id)).toBeUndefined()
      expect(await store().users.credentialHistory(pool.uid, old.id, 5)).toEqual([])
      expect(await store().codes.charge(byAt(3), sampleCode(old), 3)).toBe('none')
      expect((await store().groups.members(group, { limit: 10 })).rows).toEqual([])
      expect((await store().groups.ofUser(pool.uid, old.id, { limit: 10 })).rows).toEqual([])
      expect(await store().users.save(byAt(3), { user: { ...old, version: 2 } })).toBe('version conflict')
      const user = await register(store(), pool, 'ann')
      const named = { attribute: 'username', op: '=', value: 'ann' } as const
      expect((await store().users.list(pool.uid, named, { limit: 10 })).rows).toEqual([user])
      expect(await store().users.credential(pool.uid, user.id)).toBeUndefined()
    })
  })
}
