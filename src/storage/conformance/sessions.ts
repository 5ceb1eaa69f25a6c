import { describe, expect, it } from 'vitest'
import type { UserSession } from '../../domain/user-session.ts'
import type { Store } from '../store.ts'
import { byAt, createPool, race, register, unique } from './samples.ts'

const day = 86_400_000

/** What every store does with challenge states, families of refresh tokens and listed sessions. */
export const sessionConformance = (store: () => Store): void => {
  describe('challengeStates', () => {
    it('are there until they expired and the purge came by', async () => {
      const poolUid = `pool-${unique()}`
      const state = { poolUid, id: `state-${unique()}`, sealed: 'c2VjcmV0', expiresAt: 5_000_000 }
      expect(await store().challengeStates.get(poolUid, state.id)).toBeUndefined()
      await store().challengeStates.put(byAt(1), state)
      expect(await store().challengeStates.get(poolUid, state.id)).toBe('c2VjcmV0')
      expect(await store().challengeStates.get(`${poolUid}2`, state.id)).toBeUndefined()
      await store().challengeStates.put(byAt(2), { ...state, sealed: 'YW5vdGhlcg' })
      expect(await store().challengeStates.get(poolUid, state.id)).toBe('YW5vdGhlcg')
      while ((await store().maintenance.purge(byAt(4_999_999), 500)) > 0);
      expect(await store().challengeStates.get(poolUid, state.id)).toBe('YW5vdGhlcg')
      while ((await store().maintenance.purge(byAt(5_000_000), 500)) > 0);
      expect(await store().challengeStates.get(poolUid, state.id)).toBeUndefined()
    })
  })

  describe('refreshFamilies.rotate', () => {
    const newFamily = (grace: number) => {
      const family = { poolUid: `pool-${unique()}`, familyId: `family-${unique()}`, grace, expiresAt: 1_000_000_000 }
      return (at: number, serial: number) => store().refreshFamilies.rotate(byAt(at), { ...family, serial })
    }

    it('moves on from the newest token, and answers the one before it the same within the grace time', async () => {
      const rotate = newFamily(60)
      expect(await rotate(1000, 0)).toEqual({ serial: 1 })
      expect(await rotate(1059, 0)).toEqual({ serial: 1 })
      expect(await rotate(1060, 0)).toBe('reused')
      expect(await rotate(1060, 1)).toEqual({ serial: 2 })
      // The time counts from the use, not from the retry.
      expect(await rotate(1119, 1)).toEqual({ serial: 2 })
      expect(await rotate(1120, 1)).toBe('reused')
      expect(await rotate(1119, 0)).toBe('reused')
      expect(await rotate(1119, 2)).toEqual({ serial: 3 })
      expect(await rotate(1119, 1)).toBe('reused')
    })

    it('knows no grace where there is none, and no serial that nobody got', async () => {
      const rotate = newFamily(0)
      expect(await rotate(1000, 1)).toBe('reused')
      expect(await rotate(1000, 0)).toEqual({ serial: 1 })
      expect(await rotate(1000, 0)).toBe('reused')
      // From a node whose clock is behind.
      expect(await rotate(900, 0)).toBe('reused')
      expect(await rotate(1000, 5)).toBe('reused')
      expect(await rotate(1000, 1)).toEqual({ serial: 2 })
    })

    it('leaves a family whose newest token can be asked for', async () => {
      const [poolUid, familyId] = [`pool-${unique()}`, `family-${unique()}`]
      expect(await store().refreshFamilies.newest(poolUid, familyId)).toBe(0)
      for (const serial of [0, 1]) {
        await store().refreshFamilies.rotate(byAt(1000), { poolUid, familyId, serial, grace: 0, expiresAt: 1_000_000_000 })
        expect(await store().refreshFamilies.newest(poolUid, familyId)).toBe(serial + 1)
      }
      expect(await store().refreshFamilies.newest(`${poolUid}2`, familyId)).toBe(0)
    })

    it('has one winner, however many come at once', async () => {
      const strict = newFamily(0)
      expect(await race(50, () => strict(1000, 0))).toEqual({ '{"serial":1}': 1, reused: 49 })
      expect(await race(50, () => strict(2000, 1))).toEqual({ '{"serial":2}': 1, reused: 49 })
    })

    it('gives all who come at once the same serial within the grace time', async () => {
      const lenient = newFamily(60)
      expect(await race(50, () => lenient(1000, 0))).toEqual({ '{"serial":1}': 50 })
      expect(await race(50, () => lenient(2000, 1))).toEqual({ '{"serial":2}': 50 })
      expect(await lenient(2060, 1)).toBe('reused')
      expect(await lenient(2060, 2)).toEqual({ serial: 3 })
    })
  })

  describe('userSessions', () => {
    const newUser = async () => register(store(), await createPool(store()), 'ann')
    const sessionOf = ({ poolUid, id }: { poolUid: string; id: string }, values: Partial<UserSession> = {}): UserSession => ({
      poolUid,
      userId: id,
      id: `tkn${unique()}`,
      originId: `origin-${unique()}`,
      clientId: 'client',
      createdAt: 1000,
      lastUsedAt: 1000,
      expiresAt: 50_000,
      userAgent: 'a browser',
      ...values,
    })

    it('are listed newest first while they live', async () => {
      const user = await newUser()
      const [first, second, over] = [1000, 2000, 3000].map((createdAt) =>
        sessionOf(user, { createdAt, expiresAt: createdAt === 3000 ? 3500 : 50_000 }),
      ) as [UserSession, UserSession, UserSession]
      for (const session of [second, over, first]) await store().userSessions.open(byAt(3000), session, 10)
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 3499)).toEqual([over, second, first])
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 3500)).toEqual([second, first])
      expect(await store().userSessions.byId(user.poolUid, user.id, first.id)).toEqual(first)
      expect(await store().userSessions.byId(user.poolUid, 'somebody', first.id)).toBeUndefined()
    })

    it('remember their last use', async () => {
      const user = await newUser()
      const session = sessionOf(user)
      expect(await store().userSessions.touch(byAt(1), session)).toBe('absent')
      await store().userSessions.open(byAt(1000), session, 10)
      expect(await store().userSessions.touch(byAt(7000), session)).toBe('touched')
      expect(await store().userSessions.touch(byAt(6000), session)).toBe('touched')
      expect(await store().userSessions.byId(user.poolUid, user.id, session.id)).toEqual({ ...session, lastUsedAt: 7000 })
    })

    it('end with their tokens, once', async () => {
      const user = await newUser()
      const [session, other] = [sessionOf(user), sessionOf(user)]
      for (const one of [session, other]) await store().userSessions.open(byAt(1000), one, 10)
      expect(await race(50, () => store().userSessions.end(byAt(2000), session))).toEqual({ ended: 1, absent: 49 })
      expect(await store().revocations.isRevoked(user.poolUid, session.originId)).toBe(true)
      expect(await store().revocations.isRevoked(user.poolUid, other.originId)).toBe(false)
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 2000)).toEqual([other])
      // The last access token may live for a day after the refresh token.
      while ((await store().maintenance.purge(byAt(session.expiresAt + day - 1), 500)) > 0);
      expect(await store().revocations.isRevoked(user.poolUid, session.originId)).toBe(true)
      while ((await store().maintenance.purge(byAt(session.expiresAt + day), 500)) > 0);
      expect(await store().revocations.isRevoked(user.poolUid, session.originId)).toBe(false)
    })

    it('make room for a new one: those used longest ago go and are revoked', async () => {
      const user = await newUser()
      const sessions = [1, 2, 3].map((n) => sessionOf(user, { createdAt: n * 1000, lastUsedAt: n * 1000 })) as [
        UserSession,
        UserSession,
        UserSession,
      ]
      for (const session of sessions) await store().userSessions.open(byAt(session.createdAt), session, 3)
      await store().userSessions.touch(byAt(4000), sessions[0])
      const next = sessionOf(user, { createdAt: 5000, lastUsedAt: 5000 })
      await store().userSessions.open(byAt(5000), next, 3)
      const ids = async () => (await store().userSessions.ofUser(user.poolUid, user.id, 5000)).map(({ id }) => id)
      expect(await ids()).toEqual([next.id, sessions[2].id, sessions[0].id])
      expect(await store().revocations.isRevoked(user.poolUid, sessions[1].originId)).toBe(true)
      expect(await store().revocations.isRevoked(user.poolUid, sessions[0].originId)).toBe(false)
      // The limit may have become smaller meanwhile.
      const last = sessionOf(user, { createdAt: 6000, lastUsedAt: 6000 })
      await store().userSessions.open(byAt(6000), last, 1)
      expect(await ids()).toEqual([last.id])
      expect(await store().revocations.isRevoked(user.poolUid, sessions[0].originId)).toBe(true)
    })

    it('are counted by kind: logins of browsers push no sign-ins of app clients out, nor the other way round', async () => {
      const user = await newUser()
      const sign = (kind: 'tkn' | 'sso', n: number) =>
        sessionOf(user, { id: `${kind}${unique()}`, createdAt: n * 1000, lastUsedAt: n * 1000 })
      const sessions = [sign('sso', 1), sign('tkn', 2), sign('sso', 3), sign('tkn', 4)]
      for (const session of sessions) await store().userSessions.open(byAt(5000), session, 2)
      const ids = async () => (await store().userSessions.ofUser(user.poolUid, user.id, 5000)).map(({ id }) => id)
      expect(await ids()).toEqual(sessions.map(({ id }) => id).reverse())
      const [login, token] = [sign('sso', 6), sign('tkn', 7)]
      await store().userSessions.open(byAt(6000), login, 1)
      expect(await ids()).toEqual([login.id, sessions[3]?.id, sessions[1]?.id])
      await store().userSessions.open(byAt(7000), token, 2)
      expect(await ids()).toEqual([token.id, login.id, sessions[3]?.id])
      const revoked = await Promise.all(sessions.map(({ originId }) => store().revocations.isRevoked(user.poolUid, originId)))
      expect(revoked).toEqual([true, true, true, false])
    })

    it('take the place of one with the same id', async () => {
      const user = await newUser()
      const [first, other] = [sessionOf(user), sessionOf(user, { createdAt: 500 })]
      for (const session of [first, other]) await store().userSessions.open(byAt(1000), session, 2)
      const later = { ...first, lastUsedAt: 9000, expiresAt: 90_000 }
      await store().userSessions.open(byAt(9000), later, 2)
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 9000)).toEqual([later, other])
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 89_999)).toEqual([later])
      expect(await store().revocations.isRevoked(user.poolUid, first.originId)).toBe(false)
    })

    it('are never shortened by one that takes their place', async () => {
      const user = await newUser()
      const first = sessionOf(user)
      await store().userSessions.open(byAt(1000), first, 2)
      await store().userSessions.open(byAt(2000), { ...first, lastUsedAt: 2000, expiresAt: 3000 }, 2)
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 49_999)).toEqual([{ ...first, lastUsedAt: 2000 }])
      while ((await store().maintenance.purge(byAt(49_999), 500)) > 0);
      expect(await store().userSessions.byId(user.poolUid, user.id, first.id)).toEqual({ ...first, lastUsedAt: 2000 })
    })

    it('of browsers stay revoked for as long as any cookie could be good, when they end and when they make room', async () => {
      const user = await newUser()
      const [ended, pushedOut, next] = [1000, 2000, 3000].map((lastUsedAt) =>
        sessionOf(user, { id: `sso${unique()}`, createdAt: lastUsedAt, lastUsedAt }),
      ) as [UserSession, UserSession, UserSession]
      for (const session of [ended, pushedOut]) await store().userSessions.open(byAt(2000), session, 2)
      await store().userSessions.end(byAt(2500), ended)
      await store().userSessions.open(byAt(2500), next, 1)
      while ((await store().maintenance.purge(byAt(2499 + 90 * day), 500)) > 0);
      for (const { originId } of [ended, pushedOut]) expect(await store().revocations.isRevoked(user.poolUid, originId)).toBe(true)
      while ((await store().maintenance.purge(byAt(2500 + 90 * day), 500)) > 0);
      for (const { originId } of [ended, pushedOut]) expect(await store().revocations.isRevoked(user.poolUid, originId)).toBe(false)
    })

    it('that are over leave without pushing others out', async () => {
      const user = await newUser()
      const over = sessionOf(user, { lastUsedAt: 1500, expiresAt: 2000 })
      const live = sessionOf(user, { lastUsedAt: 1000 })
      for (const session of [over, live]) await store().userSessions.open(byAt(1500), session, 2)
      const next = sessionOf(user, { createdAt: 3000, lastUsedAt: 3000 })
      await store().userSessions.open(byAt(3000), next, 2)
      expect(await store().userSessions.ofUser(user.poolUid, user.id, 3000)).toEqual([next, live])
    })

    it('are never more than the limit, however many begin at once', async () => {
      const user = await newUser()
      const sessions = Array.from({ length: 50 }, () => sessionOf(user))
      await Promise.all(sessions.map((session) => store().userSessions.open(byAt(1000), session, 5)))
      const listed = await store().userSessions.ofUser(user.poolUid, user.id, 1000)
      expect(listed).toHaveLength(5)
      const revoked = await Promise.all(sessions.map(({ originId }) => store().revocations.isRevoked(user.poolUid, originId)))
      expect(revoked.filter((is) => is)).toHaveLength(45)
      expect(
        sessions
          .filter((_, index) => !revoked[index])
          .map(({ id }) => id)
          .sort(),
      ).toEqual(listed.map(({ id }) => id).sort())
    })
  })
}
