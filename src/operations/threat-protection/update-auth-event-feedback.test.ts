import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addEvent, protectedPool } from '../../../tests/support/auth-event.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { testContext } from '../../../tests/support/known-attempt.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { sealFeedbackToken } from '../../flows/feedback-token.ts'

const day = 86_400_000

let server: Harness
let UserPoolId: string
let poolUid: string
let sub: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await makePool(server, protectedPool)).UserPoolId
  poolUid = (await server.store.pools.byId(UserPoolId))?.uid ?? ''
  sub = await makeUser(server, UserPoolId, 'ana')
  await makeUser(server, UserPoolId, 'ben')
})
afterAll(() => server.close())

/** An event of ana's, and the token that her notification would carry. */
const told = async () => {
  const EventId = await addEvent(server, UserPoolId, sub)
  const FeedbackToken = await sealFeedbackToken(testContext(server), { poolUid, userId: sub, eventId: EventId })
  return { UserPoolId, Username: 'ana', EventId, FeedbackToken, FeedbackValue: 'Invalid' }
}

const send = (input: Record<string, string>) => server.call('UpdateAuthEventFeedback', input, { unsigned: true })
const feedbackOn = async (EventId: string) => (await server.store.authEvents.byId(poolUid, sub, EventId))?.EventFeedback

describe('UpdateAuthEventFeedback', () => {
  it('is kept as the word of the user, who needs no signature', async () => {
    const input = await told()
    expect(await server.ok('UpdateAuthEventFeedback', input, { unsigned: true })).toEqual({})
    expect(await feedbackOn(input.EventId)).toEqual({ FeedbackValue: 'Invalid', Provider: 'User', FeedbackDate: server.clock.now() })
  })

  it('takes a token once, however many use it at the same time', async () => {
    const input = await told()
    const calls = Array.from({ length: atOnce }, (_, at) => send({ ...input, FeedbackValue: at % 2 === 0 ? 'Valid' : 'Invalid' }))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: atOnce - 1 })
  })

  it('refuses every token that was not made for just this event, and changes nothing', async () => {
    const input = await told()
    const other = await told()
    const wrong = [
      { FeedbackToken: other.FeedbackToken },
      { FeedbackToken: 'AAAA' },
      { FeedbackToken: input.FeedbackToken.slice(0, -2) },
      { EventId: other.EventId },
      { EventId: 'no-such-event' },
      { Username: 'ben' },
      { Username: 'nobody' },
    ]
    for (const change of wrong) {
      expect(await server.refused('UpdateAuthEventFeedback', { ...input, ...change }, { unsigned: true })).toEqual([
        'NotAuthorizedException',
        'Invalid feedback token.',
      ])
    }
    expect(await feedbackOn(input.EventId)).toBeUndefined()
    expect((await send(input)).status).toBe(200)
  })

  it('takes a token for a week', async () => {
    const [early, late] = [await told(), await told()]
    server.clock.advance(7 * day - 1)
    expect((await send(early)).status).toBe(200)
    server.clock.advance(1)
    expect((await send(late)).body.__type).toBe('NotAuthorizedException')
  })

  it('takes no token of another pool', async () => {
    const pool = await makePool(server, protectedPool)
    await makeUser(server, pool.UserPoolId, 'ana')
    expect((await send({ ...(await told()), UserPoolId: pool.UserPoolId })).body.__type).toBe('NotAuthorizedException')
  })

  it('is refused in a pool without threat protection', async () => {
    const pool = await makePool(server)
    expect((await send({ ...(await told()), UserPoolId: pool.UserPoolId })).body.__type).toBe('UserPoolAddOnNotEnabledException')
  })
})
