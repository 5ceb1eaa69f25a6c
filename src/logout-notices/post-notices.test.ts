import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpFunction, startHttpFunction } from '../../tests/support/http-function.ts'
import { createGate } from '../compute/gate.ts'
import type { Log } from '../context.ts'
import { createPoster } from '../posting/create-poster.ts'
import type { LogoutNotices } from './logout-notices.ts'
import { createPostNotices, type PostNoticesOptions } from './post-notices.ts'

interface Line {
  readonly level: string
  readonly fields: Record<string, unknown>
}

let lines: Line[] = []
const log = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [level, (fields: object) => lines.push({ level, fields: { ...fields } })]),
) as unknown as Log

let application: HttpFunction
let notices: LogoutNotices

/** Starts an application that answers its requests with these statuses, 200 after the last one; 0 never answers. */
const open = async (statuses: readonly number[], more: Partial<PostNoticesOptions> = {}): Promise<void> => {
  lines = []
  application = await startHttpFunction((_, reply, count) => {
    const status = statuses[count - 1] ?? 200
    if (status > 0) reply.writeHead(status, status === 302 ? { location: `${application.url}/elsewhere` } : {}).end()
  })
  notices = createPostNotices({ poster: createPoster(), log, gate: createGate(2), limit: 200, pauses: [1, 1], ...more })
}
afterEach(async () => {
  await notices.close()
  await application.close()
})

const send = (token?: string) => notices.send({ clientId: 'app', url: `${application.url}/logout?key=k`, sign: async () => token })

const settled = async (count: number) => {
  await expect.poll(() => application.received.length).toBe(count)
  await wait(30)
  expect(application.received).toHaveLength(count)
}

describe('a logout notice', () => {
  it('is a form with the token and nothing else', async () => {
    await open([])
    send('a.b.c')
    await settled(1)
    expect(application.received[0]).toMatchObject({
      method: 'POST',
      path: '/logout?key=k',
      body: 'logout_token=a.b.c',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(lines).toEqual([])
  })

  it.each([500, 503, 429, 408, 0])('is sent again after %i, the same token', async (status) => {
    await open([status, status])
    send('a.b.c')
    await settled(3)
    expect(new Set(application.received.map(({ body }) => body)).size).toBe(1)
    expect(lines.map(({ level, fields }) => [level, fields['clientId'], fields['tries']])).toEqual([
      ['warn', 'app', 1],
      ['warn', 'app', 2],
    ])
  })

  it.each([
    ['what the application refuses', 400],
    ['a redirect, which is not followed', 302],
  ])('is not sent again: %s', async (_, status) => {
    await open([status])
    send('a.b.c')
    await settled(1)
    expect(lines.map(({ fields }) => fields['reason'])).toEqual([`status ${status}`])
  })

  it('is given up in the end, and says where but nothing of the token or the query', async () => {
    await open([500, 500, 500, 500])
    send('secret.secret.secret')
    await settled(3)
    expect(lines).toHaveLength(3)
    expect(JSON.stringify(lines)).not.toMatch(/secret|key=k/)
  })

  it('is not sent where there is nobody to tell', async () => {
    await open([])
    send()
    notices.send({ clientId: 'app', url: application.url, sign: () => Promise.reject(new Error('no key')) })
    await wait(30)
    expect(application.received).toEqual([])
    expect(lines.map(({ level }) => level)).toEqual(['error'])
  })

  it('is dropped where too many are under way, and logged', async () => {
    await open([0, 0, 0], { most: 1 })
    send('a.b.c')
    send('a.b.c')
    expect(lines.map(({ level }) => level)).toEqual(['error'])
    await settled(1)
  })

  it('is dropped where too many of the same application are, and those of others go out', async () => {
    await open([0, 200], { mostOfOne: 1 })
    send('a.b.c')
    await settled(1)
    send('a.b.c')
    expect(lines.map(({ level }) => level)).toEqual(['error'])
    notices.send({ clientId: 'another', url: `${application.url}/another`, sign: async () => 'd.e.f' })
    await settled(2)
    expect(application.received[1]?.path).toBe('/another')
  })

  it('takes the places of those that came through again', async () => {
    await open([], { mostOfOne: 1 })
    send('a.b.c')
    await settled(1)
    send('a.b.c')
    await settled(2)
    expect(lines).toEqual([])
  })

  it('holds nobody up who closes: what is under way ends, and nothing is tried again', async () => {
    await open([500], { pauses: [60_000] })
    send('a.b.c')
    await settled(1)
    await notices.close()
    expect(application.received).toHaveLength(1)
  })
})
