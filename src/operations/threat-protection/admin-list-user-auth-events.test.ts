import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addEvent, protectedPool } from '../../../tests/support/auth-event.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'

let server: Harness
let UserPoolId: string
const ids: string[] = []

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await makePool(server, protectedPool)).UserPoolId
  const sub = await makeUser(server, UserPoolId, 'ana')
  await makeUser(server, UserPoolId, 'ben')
  for (let count = 0; count < 62; count += 1) {
    server.clock.advance(1000)
    ids.unshift(await addEvent(server, UserPoolId, sub))
  }
})
afterAll(() => server.close())

const idsOf = (body: { AuthEvents: { EventId: string }[] }) => body.AuthEvents.map(({ EventId }) => EventId)

describe('AdminListUserAuthEvents', () => {
  it('answers the newest 60 events, also when asked for none', async () => {
    expect(idsOf(await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana' }))).toEqual(ids.slice(0, 60))
    expect(idsOf(await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana', MaxResults: 0 }))).toHaveLength(60)
  })

  it('shows what the API knows of an event, and not what sign-ins are compared by', async () => {
    const { AuthEvents } = await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana', MaxResults: 1 })
    expect(AuthEvents).toEqual([
      {
        EventId: ids[0],
        EventType: 'SignIn',
        CreationDate: server.clock.now() / 1000,
        EventResponse: 'Pass',
        EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
        ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
        EventContextData: { IpAddress: '192.0.2.1' },
      },
    ])
  })

  it('pages through all of them, newest first', async () => {
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana', MaxResults: 25, NextToken })
      seen.push(...idsOf(page))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen).toEqual(ids)
  })

  it('takes no token of another user', async () => {
    const { NextToken } = await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana', MaxResults: 1 })
    expect(await server.refused('AdminListUserAuthEvents', { UserPoolId, Username: 'ben', NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })

  it('answers an empty list, and refuses unknown users and more than 60', async () => {
    expect(await server.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ben' })).toEqual({ AuthEvents: [] })
    expect(await server.refused('AdminListUserAuthEvents', { UserPoolId, Username: 'nobody' })).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
    expect((await server.refused('AdminListUserAuthEvents', { UserPoolId, Username: 'ana', MaxResults: 61 }))[0]).toBe(
      'InvalidParameterException',
    )
  })

  it('is refused in a pool without threat protection', async () => {
    const pool = await makePool(server)
    expect(await server.refused('AdminListUserAuthEvents', { UserPoolId: pool.UserPoolId, Username: 'ana' })).toEqual([
      'UserPoolAddOnNotEnabledException',
      'Threat protection is not enabled for this user pool.',
    ])
  })
})
