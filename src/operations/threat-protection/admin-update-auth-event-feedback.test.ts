import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addEvent, protectedPool } from '../../../tests/support/auth-event.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string
let sub: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await makePool(server, protectedPool)).UserPoolId
  sub = await makeUser(server, UserPoolId, 'ana')
  await makeUser(server, UserPoolId, 'ben')
})
afterAll(() => server.close())

describe('AdminUpdateAuthEventFeedback', () => {
  it('is kept with the event, and may be changed', async () => {
    const EventId = await addEvent(server, UserPoolId, sub)
    for (const FeedbackValue of ['Invalid', 'Valid']) {
      server.clock.advance(1000)
      expect(await server.ok('AdminUpdateAuthEventFeedback', { UserPoolId, Username: 'ana', EventId, FeedbackValue })).toEqual({})
      const { AuthEvents } = await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana' })
      expect(AuthEvents).toMatchObject([
        { EventId, EventFeedback: { FeedbackValue, Provider: 'Admin', FeedbackDate: server.clock.now() / 1000 } },
      ])
    }
  })

  it('is refused for events of other users, and for none', async () => {
    const EventId = await addEvent(server, UserPoolId, sub)
    for (const input of [
      { Username: 'ben', EventId },
      { Username: 'ana', EventId: 'no-such-event' },
    ]) {
      expect(await server.refused('AdminUpdateAuthEventFeedback', { UserPoolId, FeedbackValue: 'Valid', ...input })).toEqual([
        'ResourceNotFoundException',
        'The authentication event does not exist.',
      ])
    }
  })

  it('is refused in a pool without threat protection', async () => {
    const pool = await makePool(server)
    const input = { UserPoolId: pool.UserPoolId, Username: 'ana', EventId: 'event', FeedbackValue: 'Valid' }
    expect((await server.refused('AdminUpdateAuthEventFeedback', input))[0]).toBe('UserPoolAddOnNotEnabledException')
  })
})
