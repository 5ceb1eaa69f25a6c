import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { start } from '../../src/app.ts'
import { readConfig } from '../../src/server/config.ts'
import { silentLog } from '../../src/server/log.ts'
import { type Calls, callsThrough, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { redispatch } from '../support/redispatch.ts'
import { setUpApp } from '../support/start-app.ts'

const wrong = 'Wrong-Horse-7'
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
const locked = ['NotAuthorizedException', 'Password attempts exceeded']

const home = '198.51.100.7'
const elsewhere = '203.0.113.9'

let server: Harness
let pool: MadePool
let count = 0
let name: string

beforeAll(async () => {
  server = await createHarness({ lockout: 'user+source' })
  pool = await makePool(server, {}, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())
beforeEach(async () => {
  count += 1
  name = `user${count}`
  await makeUser(server, pool.UserPoolId, name)
})

/** The same server, called from an address. */
const from = (remoteAddress: string, under: Harness = server): Calls => {
  const dispatch = redispatch(under)
  return callsThrough((request) => dispatch({ ...request, remoteAddress }))
}

const signIn = async (calls: Calls, PASSWORD: string, USERNAME = name, { ClientId } = pool): Promise<unknown> => {
  const { body } = await calls.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  })
  return body.__type === undefined ? 'tokens' : [body.__type, body.message]
}

const lockOut = async (calls: Calls): Promise<void> => {
  for (let n = 0; n < 5; n += 1) expect(await signIn(calls, wrong)).toEqual(incorrect)
  expect(await signIn(calls, password)).toEqual(locked)
}

describe('must-not-happen 44: somebody elsewhere locks a user out at home', () => {
  it('with wrong passwords', async () => {
    await lockOut(from(elsewhere))
    expect(await signIn(from(home), password)).toBe('tokens')
    // The victim's success does not free the attacker.
    expect(await signIn(from(elsewhere), password)).toEqual(locked)
  })

  it('with many at once, of which no more are looked at than the lock-out allows', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(from(elsewhere), wrong)))
    expect(answers.filter((answer) => String(answer) === String(incorrect)).length).toBeLessThanOrEqual(9)
    expect(await signIn(from(elsewhere), password)).toEqual(locked)
    expect(await signIn(from(home), password)).toBe('tokens')
  })

  it('with wrong previous passwords to ChangePassword', async () => {
    const { AuthenticationResult } = await from(elsewhere).ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: name, PASSWORD: password },
    })
    const change = { AccessToken: AuthenticationResult.AccessToken, PreviousPassword: wrong, ProposedPassword: 'Another-Horse-7' }
    for (let n = 0; n < 5; n += 1) expect(await from(elsewhere).refused('ChangePassword', change)).toEqual(incorrect)
    expect(await signIn(from(elsewhere), password)).toEqual(locked)
    expect(await signIn(from(home), password)).toBe('tokens')
  })
})

describe('must-not-happen 44: a lock-out for each source', () => {
  it.each([
    ['203.0.113.9', '203.0.113.200', '203.0.114.9'],
    ['2001:db8:7::1', '2001:db8:7:ffff::2', '2001:db8:8::1'],
    ['::ffff:203.0.113.9', '203.0.113.77', '::1'],
  ])('holds for the whole network of %s', async (address, neighbour, stranger) => {
    await lockOut(from(address))
    expect(await signIn(from(neighbour), password)).toEqual(locked)
    expect(await signIn(from(stranger), password)).toBe('tokens')
  })

  it('ends by itself', async () => {
    await lockOut(from(elsewhere))
    server.clock.advance(1000)
    expect(await signIn(from(elsewhere), password)).toBe('tokens')
  })

  it('does not outlast a clock that was far ahead while it was counted', async () => {
    const year = 365 * 86_400_000
    server.clock.advance(year)
    await lockOut(from(elsewhere))
    server.clock.advance(-year)
    expect(await signIn(from(elsewhere), password)).toBe('tokens')
  })

  it('ends everywhere when an administrator sets the password', async () => {
    await lockOut(from(home))
    await server.ok('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username: name, Password: 'Fresh-Horse-7', Permanent: true })
    expect(await signIn(from(home), 'Fresh-Horse-7')).toBe('tokens')
  })

  it('tells nothing of who exists', async () => {
    const nobody = `nobody${count}`
    const answers = async (calls: Calls) => {
      const all = []
      for (let n = 0; n < 6; n += 1) all.push([await signIn(calls, wrong), await signIn(calls, wrong, nobody)])
      return all
    }
    for (const [known, unknown] of [...(await answers(from(elsewhere))), ...(await answers(from(home)))]) expect(unknown).toEqual(known)
  })

  it('counts callers without an address together', async () => {
    const dispatch = redispatch(server)
    const nowhere = callsThrough((request) => dispatch({ ...request, remoteAddress: undefined }))
    await lockOut(nowhere)
    expect(await signIn(from(home), password)).toBe('tokens')
  })

  it('is not what AWS does: by default a user is locked out everywhere', async () => {
    const usual = await createHarness()
    const plain = await makePool(usual)
    await makeUser(usual, plain.UserPoolId, name)
    for (let n = 0; n < 5; n += 1) await signIn(from(elsewhere, usual), wrong, name, plain)
    expect(await signIn(from(home, usual), password, name, plain)).toEqual(locked)
    await usual.close()
  })
})

describe('must-not-happen 44: a source that the caller makes up', () => {
  it('does not count: X-Forwarded-For is believed from trusted proxies alone', async () => {
    const flags = { 'data-dir': ':memory:', port: '0', empty: true, profile: 'hardened' } as const
    const config = await readConfig('dev', { flags, env: {}, readMasterKeyFile: async () => ({ fault: 'no file' }) })
    const running = await start(config, {
      log: silentLog,
      onFatal: (error) => {
        throw error
      },
      inProcess: true,
    })
    const app = await setUpApp(running.url)
    await app.addUser('ana')
    const attempt = async (PASSWORD: string, forwarded: string) => {
      const reply = await fetch(running.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
          'x-forwarded-for': forwarded,
        },
        body: JSON.stringify({
          ClientId: app.clientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ana', PASSWORD },
        }),
      })
      return ((await reply.json()) as { message?: string }).message
    }
    for (let n = 0; n < 5; n += 1) expect(await attempt(wrong, `203.0.${n}.1`)).toBe(incorrect[1])
    expect(await attempt(password, '203.0.99.1')).toBe(locked[1])
    await running.stop()
  })
})
