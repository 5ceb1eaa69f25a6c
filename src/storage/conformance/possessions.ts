import { describe, expect, it } from 'vitest'
import type { AuthEvent } from '../../domain/auth-event.ts'
import type { Device } from '../../domain/device.ts'
import type { Passkey } from '../../domain/passkey.ts'
import type { User } from '../../domain/user.ts'
import type { Store } from '../store.ts'
import { byAt, createPool, race, register, sampleDevice, unique, walk } from './samples.ts'

const passkeyOf = ({ poolUid, id }: User, values: Partial<Passkey> = {}): Passkey => ({
  poolUid,
  userId: id,
  credentialId: `credential-${unique()}`,
  publicKey: 'AAAA',
  counter: 0,
  transports: ['internal'],
  friendlyName: 'Phone',
  relyingPartyId: 'example.com',
  syncable: true,
  createdAt: 1000,
  ...values,
})

const eventOf = ({ poolUid, id }: User, values: Partial<AuthEvent> = {}): AuthEvent => ({
  poolUid,
  userId: id,
  EventId: `event-${unique()}`,
  EventType: 'SignIn',
  EventResponse: 'Pass',
  CreationDate: 1000,
  trace: { network: '192.0.2' },
  ...values,
})

/** What every store does with what belongs to one user: devices, passkeys and events. */
export const possessionConformance = (store: () => Store): void => {
  const newUser = async () => register(store(), await createPool(store()), 'ann')

  describe('devices', () => {
    it('are created once, changed under their version and deleted once', async () => {
      const user = await newUser()
      const device = sampleDevice(user)
      expect(await store().devices.create(byAt(1), device, 10)).toBe('created')
      expect(await store().devices.create(byAt(1), { ...device, name: 'other' }, 10)).toBe('exists')
      expect(await store().devices.byKey(user.poolUid, user.id, device.key)).toEqual(device)
      expect(await store().devices.byKey(user.poolUid, 'somebody', device.key)).toBeUndefined()
      const updates = await race(50, (n) => store().devices.update(byAt(2), { ...device, name: `name ${n}` }))
      expect(updates).toEqual({ updated: 1, 'version conflict': 49 })
      expect(await store().devices.byKey(user.poolUid, user.id, device.key)).toMatchObject({
        version: 2,
        name: expect.stringMatching(/^name/),
      })
      expect(await store().devices.isForgotten(device)).toBe(false)
      expect(await race(50, () => store().devices.forget(byAt(3), device, 9_000_000_000))).toEqual({ forgotten: 1, absent: 49 })
      expect(await store().devices.byKey(user.poolUid, user.id, device.key)).toBeUndefined()
      expect(await store().devices.update(byAt(4), device)).toBe('version conflict')
    })

    it('do not come back once they were forgotten, whatever was decided before', async () => {
      const user = await newUser()
      const device = sampleDevice(user)
      await store().devices.create(byAt(1), device, 1)
      await store().devices.forget(byAt(2), device, 9_000_000_000)
      expect(await store().devices.isForgotten(device)).toBe(true)
      expect(await store().devices.isForgotten({ ...device, userId: 'somebody' })).toBe(false)
      expect(await race(20, () => store().devices.create(byAt(3), device, 1))).toEqual({ forgotten: 20 })
      expect(await store().devices.byKey(user.poolUid, user.id, device.key)).toBeUndefined()
      expect(await store().devices.create(byAt(3), sampleDevice(user), 1)).toBe('created')
    })

    it('are never more than the limit, for each user', async () => {
      const user = await newUser()
      const results = await race(50, () => store().devices.create(byAt(1), sampleDevice(user), 5))
      expect(results).toEqual({ created: 5, 'too many': 45 })
      const { rows } = await store().devices.list(user.poolUid, user.id, { limit: 60 })
      expect(rows).toHaveLength(5)
      expect(await store().devices.create(byAt(1), rows[0] as Device, 5)).toBe('exists')
      await store().devices.forget(byAt(2), rows[0] as Device, 9_000_000_000)
      expect(await race(50, () => store().devices.create(byAt(1), sampleDevice(user), 5))).toEqual({ created: 1, 'too many': 49 })
      expect(await store().devices.create(byAt(1), sampleDevice(await newUser()), 1)).toBe('created')
    })

    it('are listed page by page in the order of their keys', async () => {
      const user = await newUser()
      const keys = Array.from({ length: 7 }, (_, n) => `us-east-1_${n}`)
      for (const key of [...keys].reverse()) await store().devices.create(byAt(1), sampleDevice(user, { key }), 10)
      const pages = await walk((after) => store().devices.list(user.poolUid, user.id, { after, limit: 3 }))
      expect(pages.map((rows) => rows.map(({ key }) => key))).toEqual([keys.slice(0, 3), keys.slice(3, 6), keys.slice(6)])
    })
  })

  describe('passkeys', () => {
    it('are added once, and are the own user’s', async () => {
      const user = await newUser()
      // The longest that WebAuthn allows.
      const passkey = passkeyOf(user, { credentialId: 'x'.repeat(1364) })
      expect(await race(50, () => store().passkeys.add(byAt(1), passkey, 20))).toEqual({ added: 1, exists: 49 })
      expect(await store().passkeys.byId(user.poolUid, user.id, passkey.credentialId)).toEqual(passkey)
      expect(await store().passkeys.byId(user.poolUid, 'somebody', passkey.credentialId)).toBeUndefined()
      expect(await store().passkeys.delete(byAt(2), user.poolUid, user.id, passkey.credentialId)).toBe('deleted')
      expect(await store().passkeys.delete(byAt(2), user.poolUid, user.id, passkey.credentialId)).toBe('absent')
      expect(await store().passkeys.byId(user.poolUid, user.id, passkey.credentialId)).toBeUndefined()
    })

    it('are never more than the limit, and listed without gap or repetition', async () => {
      const user = await newUser()
      expect(await race(50, () => store().passkeys.add(byAt(1), passkeyOf(user), 20))).toEqual({ added: 20, 'too many': 30 })
      const pages = await walk((after) => store().passkeys.list(user.poolUid, user.id, { after, limit: 8 }))
      expect(pages.map((rows) => rows.length)).toEqual([8, 8, 4])
      expect(new Set(pages.flat().map(({ credentialId }) => credentialId)).size).toBe(20)
      await store().passkeys.delete(byAt(2), user.poolUid, user.id, pages[0]?.[0]?.credentialId ?? '')
      expect(await race(50, () => store().passkeys.add(byAt(1), passkeyOf(user), 20))).toEqual({ added: 1, 'too many': 49 })
    })

    it('count their uses upwards only', async () => {
      const user = await newUser()
      const passkey = passkeyOf(user)
      const count = (counter: number) => store().passkeys.count(byAt(2), passkey, counter)
      expect(await count(1)).toBe('absent')
      await store().passkeys.add(byAt(1), passkey, 20)
      // Authenticators without a counter always say 0.
      expect(await count(0)).toBe('counted')
      expect(await count(0)).toBe('counted')
      expect(await race(50, () => count(4_294_967_294))).toEqual({ counted: 1, 'not higher': 49 })
      expect(await count(0)).toBe('not higher')
      expect(await count(4_294_967_295)).toBe('counted')
      expect((await store().passkeys.byId(user.poolUid, user.id, passkey.credentialId))?.counter).toBe(4_294_967_295)
      expect((await store().passkeys.list(user.poolUid, user.id, { limit: 5 })).rows[0]?.counter).toBe(4_294_967_295)
    })
  })

  describe('authEvents', () => {
    it('are listed newest first, page by page, equal times by their ids', async () => {
      const user = await newUser()
      const times = [1000, 3000, 2000, 2000, 2000, 5000]
      const events = times.map((CreationDate, n) => eventOf(user, { CreationDate, EventId: `event-${n}` }))
      for (const event of events) await store().authEvents.add(byAt(1), event)
      const pages = await walk((after) => store().authEvents.list(user.poolUid, user.id, { after, limit: 2 }))
      expect(pages.map((rows) => rows.map(({ EventId }) => EventId))).toEqual([
        ['event-5', 'event-1'],
        ['event-4', 'event-3'],
        ['event-2', 'event-0'],
      ])
      expect(await store().authEvents.byId(user.poolUid, user.id, 'event-3')).toEqual(events[3])
      expect((await store().authEvents.list(user.poolUid, 'somebody', { limit: 5 })).rows).toEqual([])
    })

    it('take feedback, and nothing else', async () => {
      const user = await newUser()
      const event = eventOf(user)
      const EventFeedback = { FeedbackValue: 'Invalid', Provider: 'Admin', FeedbackDate: 3000 } as const
      const judged = { ...event, EventResponse: 'Fail', EventFeedback } as const
      expect(await store().authEvents.judge(byAt(2), judged)).toBe('absent')
      await store().authEvents.add(byAt(1), event)
      expect(await store().authEvents.judge(byAt(2), judged)).toBe('judged')
      expect(await store().authEvents.byId(user.poolUid, user.id, event.EventId)).toEqual({ ...event, EventFeedback })
    })
  })

  describe('a deleted user', () => {
    it('takes devices, passkeys, sessions and events along, and gets no new ones', async () => {
      const user = await newUser()
      const { poolUid, id } = user
      const [device, passkey, event] = [sampleDevice(user), passkeyOf(user), eventOf(user)]
      const times = { createdAt: 1000, lastUsedAt: 1000, expiresAt: 9_000_000 }
      const session = { poolUid, userId: id, id: `tkn${unique()}`, originId: `origin-${unique()}`, clientId: 'c', ...times }
      const addAll = async () => {
        await store().devices.create(byAt(1), device, 5)
        await store().passkeys.add(byAt(1), passkey, 5)
        await store().userSessions.open(byAt(1), session, 5)
        await store().authEvents.add(byAt(1), event)
      }
      const found = async () => [
        await store().devices.byKey(poolUid, id, device.key),
        await store().passkeys.byId(poolUid, id, passkey.credentialId),
        await store().userSessions.byId(poolUid, id, session.id),
        await store().authEvents.byId(poolUid, id, event.EventId),
      ]
      await addAll()
      expect(await found()).toEqual([device, passkey, session, event])
      await store().users.delete(byAt(2), user)
      expect(await found()).toEqual([undefined, undefined, undefined, undefined])
      await addAll()
      expect(await found()).toEqual([undefined, undefined, undefined, undefined])
    })

    it('with a long history is rid of it step by step', async () => {
      const user = await newUser()
      for (let n = 0; n < 250; n += 1) await store().authEvents.add(byAt(1), eventOf(user, { CreationDate: n }))
      await store().users.delete(byAt(6_000_000), user)
      const left = async () => (await store().authEvents.list(user.poolUid, user.id, { limit: 500 })).rows.length
      const atOnce = await left()
      expect(atOnce).toBeLessThan(250)
      while ((await store().maintenance.purge(byAt(6_000_000), 100)) > 0) expect(atOnce - (await left())).toBeLessThanOrEqual(200)
      expect(await left()).toBe(0)
    })
  })
}
