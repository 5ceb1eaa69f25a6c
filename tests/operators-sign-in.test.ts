import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything, type OperatorConsole, openOperatorConsole } from './support/operator-console.ts'
import { steal, type Visitor, type VisitorReply } from './support/operator-visitor.ts'
import { totpCode } from './support/totp-code.ts'

const password = 'purple-otter-7-lagoon'
const minute = 60_000
const step = 30_000

let opened: OperatorConsole
beforeAll(async () => {
  opened = await openOperatorConsole()
})
afterAll(() => opened.harness.close())

const now = () => opened.harness.clock.now()

/** A new operator who has set up; the next code is a new one. */
const newOperator = async (name: string, policy?: object) => {
  const visitor = opened.visitor()
  const secret = await visitor.setUp(await opened.invite(name, policy), password, now())
  opened.harness.clock.advance(step)
  const signIn = (from: Visitor = opened.visitor(), typed: object = {}): Promise<VisitorReply> =>
    from.post('/sign-in', { name, password, code: totpCode(secret, now()), ...typed })
  return { visitor, secret, signIn }
}

const statusOf = async (visitor: Visitor) => (await visitor.get('/session')).status

describe('setting an operator up', () => {
  it('shows the secret of an authenticator app, takes a password and a first code, and signs in', async () => {
    const link = await opened.invite('first')
    expect(link).toMatch(/^http:\/\/localhost:9340\/console\/set-up#first\.[\w-]{43}$/)
    const token = new URL(link).hash.slice(1)
    const visitor = opened.visitor()
    const begun = await visitor.post('/set-up/begin', { token })
    expect(begun).toMatchObject({ status: 200, body: { name: 'first', secret: expect.stringMatching(/^[A-Z2-7]{32}$/) } })
    expect(begun.body.uri).toBe(`otpauth://totp/Poolhouse:first?secret=${begun.body.secret}&issuer=Poolhouse`)
    expect(begun.body.qr).toEqual({ size: expect.any(Number), path: expect.stringMatching(/^M0 \.5m\d+ \d+h7/) })
    expect(await statusOf(visitor)).toBe(401)
    const { sealed } = begun.body as { sealed: string }

    const code = totpCode(begun.body.secret, now())
    const tries = [
      [{ password: 'too short', code }, 400, 'InvalidPasswordException', /at least 12/],
      [{ password: 'password1234', code }, 400, 'InvalidPasswordException', /leaked/],
      [{ password, code: totpCode(begun.body.secret, now() + 20 * step) }, 400, 'CodeMismatchException', /code/],
      [{ password, code, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` }, 401, 'NotAuthorizedException', /expired/],
    ] as const
    for (const [typed, status, type, message] of tries)
      expect(await visitor.post('/set-up', { token, sealed, ...typed })).toMatchObject({
        status,
        body: { __type: type, message: expect.stringMatching(message) },
      })
    expect((await visitor.post('/set-up', { token, sealed, password, code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(200)
    expect((await visitor.get('/session')).body).toMatchObject({ mode: 'serve', operator: 'first', publicUrl: 'https://id.example.com' })
    // The link is used up, and so is the code that was typed.
    for (const path of ['/set-up/begin', '/set-up'])
      expect(await opened.visitor().post(path, { token, sealed, password, code })).toMatchObject({ status: 401, body: { message: /used/ } })
    expect((await opened.visitor().post('/sign-in', { name: 'first', password, code })).status).toBe(401)
  })

  it('uses a link up for one of many who hold it', async () => {
    const token = new URL(await opened.invite('raced')).hash.slice(1)
    const { secret, sealed } = (await opened.visitor().post('/set-up/begin', { token })).body
    const code = totpCode(secret, now())
    const visitors = Array.from({ length: 8 }, () => opened.visitor())
    const replies = await Promise.all(
      visitors.map((visitor, n) => visitor.post('/set-up', { token, sealed, password: `${password}-${n}`, code })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)])
    const states = await Promise.all(visitors.map(statusOf))
    expect(states.filter((status) => status === 200)).toHaveLength(1)
  })

  it('ends a day after the link was made, and with a newer link', async () => {
    const old = await opened.invite('late')
    const { link } = await opened.commands.resetOperator({ name: 'late' })
    const begin = async (of: string) => (await opened.visitor().post('/set-up/begin', { token: new URL(of).hash.slice(1) })).status
    expect([await begin(old), await begin(link)]).toEqual([401, 200])
    opened.harness.clock.advance(24 * 60 * minute - 1)
    expect(await begin(link)).toBe(200)
    opened.harness.clock.advance(1)
    expect(await begin(link)).toBe(401)
    for (const token of ['', 'late', 'late.', 'nobody.'.padEnd(50, 'x'), `LATE.${'x'.repeat(43)}`])
      expect((await opened.visitor().post('/set-up/begin', { token })).status).toBe(401)
  })
})

describe('signing in', () => {
  it('answers one sentence to whatever is wrong, also to people who have not set up', async () => {
    const { secret, signIn } = await newOperator('ada')
    await opened.invite('invited')
    const wrong = { status: 401, body: { __type: 'NotAuthorizedException', message: 'The name, the password or the code is wrong.' } }
    const used = totpCode(secret, now() - step)
    for (const typed of [
      { password: 'wrong-password-here' },
      { code: totpCode(secret, now() + 5 * step) },
      { code: used },
      { name: 'nobody' },
    ]) {
      expect(await signIn(opened.visitor(), typed)).toMatchObject(wrong)
    }
    expect(await signIn(opened.visitor(), { name: 'invited' })).toMatchObject(wrong)
    for (const body of [{}, { name: 7, password: [], code: {} }]) expect(await opened.visitor().post('/sign-in', body)).toMatchObject(wrong)
    const visitor = opened.visitor()
    expect(await signIn(visitor, { name: ' ADA ' })).toMatchObject({ status: 200, body: {} })
    expect((await visitor.get('/account')).body).toEqual({
      name: 'ada',
      createdAt: expect.any(Number),
      lastSignInAt: now(),
      policy: everything,
      boundaries: [],
    })
  })

  it('takes as long for a name that nobody has', async () => {
    const { signIn } = await newOperator('timed')
    await opened.invite('never-set-up')
    // Of this process's own time, which is the same on a busy machine; four are not locked out yet.
    const timed = async (name: string) => {
      const begin = process.cpuUsage()
      for (let n = 0; n < 4; n += 1) await signIn(opened.visitor(), { name, password: 'wrong-password-here' })
      const { user, system } = process.cpuUsage(begin)
      return user + system
    }
    await timed('to warm up')
    const [known, unknown, invited] = [await timed('timed'), await timed('nobody at all'), await timed('never-set-up')]
    for (const other of [unknown, invited]) {
      expect(other).toBeGreaterThan(known / 2)
      expect(other).toBeLessThan(known * 2)
    }
  })

  it('comes to nothing when the account changes while the password is looked at', async () => {
    const changes: (() => Promise<unknown>)[] = []
    const other = await openOperatorConsole({ afterProof: async () => changes.pop()?.() })
    const at = () => other.harness.clock.now()
    const visitor = other.visitor()
    const secret = await visitor.setUp(await other.invite('ada'), password, at())
    const typed = () => {
      other.harness.clock.advance(step)
      return { name: 'ada', password, code: totpCode(secret, at()) }
    }
    const late = other.visitor()
    changes.push(() => visitor.post('/account/password', { ...typed(), newPassword: `${password}-2` }))
    expect((await late.post('/sign-in', typed())).status).toBe(401)
    expect([late.cookie, await statusOf(visitor)]).toEqual([undefined, 200])
    // As is a change of the password, by somebody whose session has just ended.
    changes.push(() => other.commands.setOperatorPolicy({ name: 'ada', policy: everything }))
    const change = { ...typed(), password: `${password}-2`, newPassword: `${password}-3` }
    expect((await visitor.post('/account/password', change)).status).toBe(401)
    expect((await other.visitor().post('/sign-in', { ...typed(), password: `${password}-2` })).status).toBe(200)
    await other.harness.close()
  })

  it('takes one code once, however many send it', async () => {
    const other = await openOperatorConsole({ adminUrl: 'https://admin.example.com' })
    const at = () => other.harness.clock.now()
    const secret = await other.visitorFrom('192.0.2.7').setUp(await other.invite('once'), password, at())
    other.harness.clock.advance(step)
    const networks = Array.from({ length: 3 }, (_, n) => other.visitorFrom(`198.51.${n}.1`))
    const code = totpCode(secret, at())
    const replies = await Promise.all(networks.map((visitor) => visitor.post('/sign-in', { name: 'once', password, code })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401])
    await other.harness.close()
  })

  it('locks out whoever guesses, before anything is looked at, and says for how long', async () => {
    const { signIn } = await newOperator('guessed')
    for (let n = 0; n < 5; n += 1) expect((await signIn(opened.visitor(), { password: 'wrong-password-here' })).status).toBe(401)
    const locked = await signIn()
    expect(locked).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1' },
      body: { __type: 'TooManyRequestsException', message: 'Too many attempts. Try again in a second.' },
    })
    opened.harness.clock.advance(1000)
    expect((await signIn()).status).toBe(200)
    // Names that nobody has are locked alike.
    const statuses = []
    for (let n = 0; n < 6; n += 1) statuses.push((await signIn(opened.visitor(), { name: 'ghost' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  it('lets no number of parallel guesses past the lock-out: a network sends them one by one', async () => {
    const { signIn } = await newOperator('besieged')
    const guess = () => signIn(opened.visitor(), { password: 'wrong-password-here' })
    const together = await Promise.all(Array.from({ length: 30 }, guess))
    const count = (status: number) => together.filter((reply) => reply.status === status).length
    expect([count(401), count(429)]).toEqual([1, 29])
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await guess()).status)
    expect(statuses).toEqual([401, 401, 401, 401, 429])
  })

  it('locks out only the network that guesses, and nobody for longer than until a reset', async () => {
    const other = await openOperatorConsole({ adminUrl: 'https://admin.example.com' })
    const home = other.visitorFrom('192.0.2.7')
    const at = () => other.harness.clock.now()
    const secret = await home.setUp(await other.invite('ada'), password, at())
    other.harness.clock.advance(step)
    const thief = other.visitorFrom('198.51.100.1')
    const guess = async () => (await thief.post('/sign-in', { name: 'ada', password: 'wrong-password-here', code: '000000' })).status
    for (let n = 0; n < 5; n += 1) expect(await guess()).toBe(401)
    expect(await guess()).toBe(429)
    expect((await home.post('/sign-in', { name: 'ada', password, code: totpCode(secret, at()) })).status).toBe(200)
    // By now its lock is longer than it takes until the next code.
    for (let failed = 5; failed < 11; ) {
      const reply = await thief.post('/sign-in', { name: 'ada', password: 'wrong-password-here', code: '000000' })
      if (reply.status === 401) failed += 1
      else other.harness.clock.advance(Number(reply.headers['retry-after']) * 1000)
    }
    const { link } = await other.commands.resetOperator({ name: 'ada' })
    const anew = await thief.setUp(link, password, at())
    other.harness.clock.advance(step)
    const again = other.visitorFrom('198.51.100.1')
    expect((await again.post('/sign-in', { name: 'ada', password, code: totpCode(anew, at()) })).status).toBe(200)
    await other.harness.close()
  })

  it('stops guesses of codes by somebody who has the password, from however many networks', async () => {
    const other = await openOperatorConsole({ adminUrl: 'https://admin.example.com' })
    const at = () => other.harness.clock.now()
    const secret = await other.visitorFrom('192.0.2.7').setUp(await other.invite('ada'), password, at())
    other.harness.clock.advance(step)
    const wrongCode = totpCode(secret, at() + 20 * step)
    const from = (network: number, code: string) =>
      other.visitorFrom(`198.51.${network}.1`).post('/sign-in', { name: 'ada', password, code })
    for (let network = 0; network < 5; network += 1) expect((await from(network, wrongCode)).status).toBe(401)
    // The answer does not tell that the password is right.
    expect((await from(5, totpCode(secret, at()))).status).toBe(401)
    expect(other.logged.some((line) => line.includes('tries codes'))).toBe(true)
    other.harness.clock.advance(2 * step)
    expect((await from(6, totpCode(secret, at()))).status).toBe(200)
    await other.harness.close()
  })

  it('turns away what would wait too long, and goes on', async () => {
    const other = await openOperatorConsole({ adminUrl: 'https://admin.example.com' })
    const crowd = (network: number, size: number) =>
      Array.from({ length: size }, (_, n) =>
        other.visitorFrom(`198.51.${network}.${n + 1}`).post('/sign-in', { name: `crowd-${n}`, password, code: '000000' }),
      )
    const own = Promise.all(crowd(0, 60))
    // Another network does not wait until the first has gone.
    const neighbour = await Promise.all(crowd(1, 3))
    expect(neighbour.map(({ status }) => status)).toEqual([401, 401, 401])
    const busy = (await own).filter(({ status }) => status === 429)
    expect([busy.length, busy[0]?.headers['retry-after']]).toEqual([52, '5'])
    const all = await Promise.all(Array.from({ length: 20 }, (_, network) => crowd(network, 8)).flat())
    expect(all.filter(({ status }) => status === 429)).toHaveLength(20 * 8 - 64)
    expect((await other.visitorFrom('192.0.2.7').post('/sign-in', { name: 'crowd', password, code: '000000' })).status).toBe(401)
    await other.harness.close()
  })
})

describe('a session of an operator', () => {
  it('lets call the API, and nobody without it', async () => {
    const { visitor } = await newOperator('caller')
    expect(await visitor.call('CreateUserPool', { PoolName: 'made in the console' })).toMatchObject({ status: 200 })
    for (const cookie of [
      undefined,
      'poolhouse_operator=',
      `poolhouse_operator=${'x'.repeat(43)}`,
      visitor.cookie?.replace('poolhouse', '__Host-poolhouse'),
    ]) {
      const nobody = steal(visitor, opened.visitor())
      nobody.cookie = cookie
      const body = { __type: 'MissingAuthenticationTokenException' }
      expect(await nobody.call('ListUserPools', { MaxResults: 1 })).toMatchObject({ status: 400, body })
      expect(await nobody.get('/session')).toMatchObject({ status: 401, body: { mode: 'serve' } })
      for (const path of ['/account', '/operators']) expect(await nobody.get(path)).toMatchObject({ status: 401, body })
      for (const path of ['/account/password', '/account/sign-out-everywhere', '/operators', '/operators/reset', '/operators/remove'])
        expect(await nobody.post(path, {})).toMatchObject({ status: 401, body })
      for (const path of ['/live/metrics', '/views/signing-keys/us-east-1_abc']) expect((await nobody.get(path)).status).toBe(401)
    }
  })

  it('ends after half an hour without a use; looking is none', async () => {
    const { visitor } = await newOperator('idle')
    const call = async () => (await visitor.call('ListUserPools', { MaxResults: 1 })).status
    for (let n = 0; n < 4; n += 1) {
      opened.harness.clock.advance(29 * minute)
      expect(await call()).toBe(200)
    }
    opened.harness.clock.advance(20 * minute)
    expect([await statusOf(visitor), (await visitor.get('/live/metrics')).status]).toEqual([200, 200])
    opened.harness.clock.advance(10 * minute)
    expect([await statusOf(visitor), await call()]).toEqual([401, 400])
  })

  it('ends after twelve hours, however much it is used', async () => {
    const { visitor } = await newOperator('busy')
    opened.harness.clock.advance(-step)
    for (let n = 0; n < 48; n += 1) {
      expect((await visitor.get('/account')).status).toBe(200)
      opened.harness.clock.advance(15 * minute)
    }
    expect((await visitor.get('/account')).status).toBe(401)
  })

  it('ends at signing out, alone, and with all others at signing out everywhere', async () => {
    const { visitor, signIn } = await newOperator('leaving')
    const [second, third] = [opened.visitor(), opened.visitor()]
    for (const other of [second, third]) {
      expect((await signIn(other)).status).toBe(200)
      opened.harness.clock.advance(step)
    }
    const thief = steal(visitor, opened.visitor())
    const out = await visitor.post('/sign-out', {})
    expect([out.status, out.headers['set-cookie']]).toEqual([200, expect.stringMatching(/^poolhouse_operator=; .*Max-Age=0/)])
    expect([await statusOf(thief), await statusOf(second), await statusOf(third)]).toEqual([401, 200, 200])
    expect((await second.post('/account/sign-out-everywhere', {})).status).toBe(200)
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 401])
    expect((await signIn()).status).toBe(200)
  })

  it('is replaced by a new one whenever somebody signs in', async () => {
    const { visitor, signIn } = await newOperator('again')
    const old = steal(visitor, opened.visitor())
    expect((await signIn(visitor)).status).toBe(200)
    expect(visitor.cookie).not.toBe(old.cookie)
    expect(visitor.pageKey).not.toBe(old.pageKey)
    expect([await statusOf(visitor), await statusOf(old)]).toEqual([200, 401])
  })

  it('ends when the password changes, which takes the old one and a code', async () => {
    const { visitor, secret, signIn } = await newOperator('changing')
    const other = opened.visitor()
    await signIn(other)
    opened.harness.clock.advance(step)
    const change = (typed: object) =>
      visitor.post('/account/password', { password, code: totpCode(secret, now()), newPassword: 'another-otter-9-pond', ...typed })
    expect(await change({ password: 'wrong-password-here' })).toMatchObject({ status: 403, body: { __type: 'NotAuthorizedException' } })
    expect(await change({ code: '000000' })).toMatchObject({ status: 403 })
    expect(await change({ newPassword: 'CHANGING' })).toMatchObject({ status: 400, body: { __type: 'InvalidPasswordException' } })
    const stolen = steal(visitor, opened.visitor())
    expect(await change({})).toMatchObject({ status: 200, body: {} })
    expect([await statusOf(visitor), await statusOf(other), await statusOf(stolen)]).toEqual([200, 401, 401])
    opened.harness.clock.advance(step)
    expect([(await signIn()).status, (await signIn(opened.visitor(), { password: 'another-otter-9-pond' })).status]).toEqual([401, 200])
  })

  it('ends at a reset, a new policy and a deletion on the command line', async () => {
    const { visitor, signIn } = await newOperator('governed')
    await opened.commands.setOperatorPolicy({ name: 'governed', policy: everything })
    expect(await statusOf(visitor)).toBe(401)
    const again = opened.visitor()
    expect((await signIn(again)).status).toBe(200)
    opened.harness.clock.advance(step)
    const { link } = await opened.commands.resetOperator({ name: 'Governed' })
    expect([await statusOf(again), (await signIn()).status]).toEqual([401, 401])
    const after = opened.visitor()
    await after.setUp(link, password, now())
    expect(await statusOf(after)).toBe(200)
    expect(await opened.commands.deleteOperator({ name: 'governed' })).toEqual({ deleted: true })
    expect(await statusOf(after)).toBe(401)
    // Whoever gets the name later is somebody else.
    await opened.visitor().setUp(await opened.invite('governed'), password, now())
    expect(await statusOf(after)).toBe(401)
  })
})

describe('what is kept of operators', () => {
  it('has a row in the audit trail for all that they did, under their names', async () => {
    const { visitor } = await newOperator('audited')
    await visitor.call('CreateUserPool', { PoolName: 'audited' })
    const pools = (await visitor.call('ListUserPools', { MaxResults: 60 })).body as { UserPools: { Id: string; Name: string }[] }
    const pool = await opened.harness.store.pools.byId(pools.UserPools.find(({ Name }) => Name === 'audited')?.Id ?? '')
    const own = (await opened.harness.store.audit.list(pool?.uid ?? '', { limit: 10 })).rows
    expect(own.map(({ actor, action }) => [actor, action])).toEqual([['operator:audited', 'CreateUserPool']])
    const { rows } = await opened.harness.store.audit.list('server', { limit: 40 })
    const told = rows
      .filter(({ subject }) => subject === 'operator audited')
      .map(({ actor, action, outcome, ip }) => [actor, action, outcome, ip])
    // All at one moment of the clock, so their order tells nothing.
    expect(told.sort()).toEqual([
      ['command-line', 'CreateOperator', 'created', undefined],
      ['operator:audited', 'OpenSetUpLink', 'saved', '127.0.0.1'],
      ['operator:audited', 'SetUpOperator', 'saved', '127.0.0.1'],
      ['operator:audited', 'SetUpOperator', 'session opened', '127.0.0.1'],
    ])
  })

  it('shows no secret, in the store, in the log or in answers', async () => {
    const { visitor, secret, signIn } = await newOperator('discreet')
    await signIn(opened.visitor(), { password: 'wrong-password-here', name: 'my-own-password-typed-as-name' })
    const account = await opened.harness.store.operators.byName('discreet')
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(account).not.toHaveProperty('setUp')
    const audit = await opened.harness.store.audit.list('server', { limit: 1000 })
    const texts = JSON.stringify([
      account,
      opened.logged,
      audit.rows,
      (await visitor.get('/operators')).body,
      (await visitor.get('/account')).body,
    ])
    expect(opened.logged.length).toBeGreaterThan(5)
    for (const word of [
      password,
      secret,
      visitor.cookie?.split('=')[1] ?? '-',
      visitor.pageKey ?? '-',
      'my-own-password',
      'wrong-password-here',
    ])
      expect(texts).not.toContain(word)
    expect(JSON.stringify((await visitor.get('/operators')).body)).not.toMatch(/argon2|sealed|hash/i)
  })
})
