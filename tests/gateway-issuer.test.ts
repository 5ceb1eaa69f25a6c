import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createAdjustableClock } from '../src/clock.ts'
import { fetchJson } from '../src/guard/fetch-json.ts'
import { createPublicKeys } from '../src/guard/public-keys.ts'
import { startRestartable } from './support/restartable-server.ts'
import { type App, password, setUpApp } from './support/start-app.ts'
import { startGateway } from './support/start-gateway.ts'
import { startOnFolder } from './support/start-on-folder.ts'
import { tokenParts } from './support/token-parts.ts'

const upstream: Server = createServer((incoming, response) => response.end(String(incoming.headers['x-claim-email'])))
afterAll(() => {
  upstream.close()
  upstream.closeAllConnections()
})

const upstreamUrl = async (): Promise<string> => {
  if (!upstream.listening) await once(upstream.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
}

const signIn = async ({ admin, clientId }: App): Promise<string> => {
  const AuthParameters = { USERNAME: 'ana', PASSWORD: password }
  const { AuthenticationResult } = await admin.send(
    new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  )
  return AuthenticationResult?.IdToken ?? ''
}

const startGuarding = async (issuer: string) => {
  const routes = { authorizers: { users: { issuer } }, routes: [{ path: '/{proxy+}' }] }
  const gateway = await startGateway(routes, '--upstream', await upstreamUrl())
  onTestFinished(() => gateway.stop())
  return async (authorization: string) => {
    const answer = await fetch(`${gateway.url}/orders`, { headers: { authorization } })
    return [answer.status, await answer.text()]
  }
}

describe('an issuer', () => {
  it('may start after the gateway, and go again', { timeout: 60_000 }, async () => {
    const server = await startRestartable()
    onTestFinished(() => server.close())
    const app = await setUpApp(server.url)
    await app.addUser('ana')
    const token = await signIn(app)
    await server.kill()

    const call = await startGuarding(`${server.url}/${app.poolId}`)
    expect(await call(token)).toEqual([500, '{"message":"Internal server error"}'])
    // Its own fault comes first: nobody needs keys to see that this is none.
    expect(await call('nonsense')).toEqual([401, '{"message":"Unauthorized"}'])
    await server.start()
    await expect.poll(() => call(token), { timeout: 20_000, interval: 200 }).toEqual([200, 'ana@example.org'])
    await server.kill()
    expect(await call(token)).toEqual([200, 'ana@example.org'])
  })

  it('may rotate its keys while the gateway runs, and is asked no more often for that', async () => {
    const server = await startOnFolder()
    onTestFinished(() => server.stop())
    const app = await setUpApp(server.url)
    await app.addUser('ana')
    const issuer = `${server.url}/${app.poolId}`
    const clock = createAdjustableClock()
    const fetched: string[] = []
    const counted = (url: string) => {
      fetched.push(url)
      return fetchJson(url)
    }
    const keys = createPublicKeys({ issuer }, { clock, fetchJson: counted })
    const kidOf = (token: string) => String(tokenParts(token).header['kid'])

    const old = kidOf(await signIn(app))
    expect(await keys.find(old)).toBeDefined()
    await server.commands.rotateSigningKeys({ userPoolId: app.poolId, delay: 0 })
    const fresh = kidOf(await signIn(app))
    expect(fresh).not.toBe(old)
    clock.advance(11_000)
    expect(await keys.find(fresh)).toBeDefined()
    // Tokens of before the rotation stay good.
    for (let n = 0; n < 50; n++) expect(await keys.find(n % 2 === 0 ? old : fresh)).toBeDefined()
    expect(fetched).toHaveLength(4)

    const call = await startGuarding(issuer)
    const before = await signIn(app)
    expect(await call(before)).toEqual([200, 'ana@example.org'])
  })

  it('is not waited for while its keys are known, and forgotten after a day of silence', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keysOf = (...kids: string[]) => ({ keys: kids.map((kid) => ({ ...publicKey.export({ format: 'jwk' }), kid })) })
    const clock = createAdjustableClock()
    const heard: string[] = []
    let answer: () => Promise<unknown> = async () => keysOf('old')
    let asked = 0
    const fetchJson = () => {
      asked += 1
      return answer()
    }
    const onFault = (sentence: string) => void heard.push(sentence)
    const keys = createPublicKeys({ issuer: 'http://issuer', jwksUrl: 'http://issuer/jwks' }, { clock, fetchJson, onFault })
    const hour = 3_600_000
    expect(await keys.find('old')).toBeDefined()

    // It hangs: in the second hour, and after one failure also later, nobody waits.
    let fail: (error: Error) => void = () => undefined
    answer = () =>
      new Promise((_, reject) => {
        fail = reject
      })
    clock.advance(1.5 * hour)
    expect(await keys.find('old')).toBeDefined()
    expect(asked).toBe(2)
    fail(new Error('no answer'))
    await expect.poll(() => heard).toEqual([expect.stringContaining("can't be read again: no answer")])
    clock.advance(hour)
    expect(await keys.find('old')).toBeDefined()
    expect(asked).toBe(3)
    fail(new Error('no answer'))
    await expect.poll(() => heard).toHaveLength(1)

    // A day after they were read they are worth nothing, until it is back.
    answer = async () => {
      throw new Error('gone')
    }
    clock.advance(21 * hour)
    expect(await keys.find('old')).toBeDefined()
    clock.advance(hour)
    await expect(keys.find('old')).rejects.toThrow("The keys of http://issuer can't be read: gone.")
    answer = async () => keysOf('new')
    clock.advance(11_000)
    expect([await keys.find('old'), await keys.find('new')]).toEqual([undefined, expect.anything()])

    // It is away for a moment, and back when the next request comes: that one waits, too.
    answer = async () => {
      throw new Error('gone')
    }
    clock.advance(1.5 * hour)
    expect(await keys.find('new')).toBeDefined()
    await expect.poll(() => heard).toHaveLength(2)
    answer = async () => keysOf('newer')
    clock.advance(3 * hour)
    expect([await keys.find('new'), await keys.find('newer')]).toEqual([undefined, expect.anything()])

    // After a quiet night the first one waits, so that a key which was withdrawn meanwhile opens nothing.
    answer = async () => keysOf('newest')
    clock.advance(8 * hour)
    expect(await keys.find('newer')).toBeUndefined()
    expect(heard).toHaveLength(2)
  })

  it('that hangs or lies opens nothing, and is asked once for many requests', async () => {
    let asked = 0
    const clock = createAdjustableClock()
    const answers: Record<string, unknown> = {
      keys: { keys: [] },
      none: { jwks: [] },
      other: { issuer: 'http://other', jwks_uri: 'http://other/jwks' },
    }
    const answer = async (what: string) => {
      asked += 1
      return answers[what]
    }
    const from = (what: string) =>
      createPublicKeys(
        { issuer: 'http://issuer', ...(what !== 'other' && { jwksUrl: 'http://issuer/jwks' }) },
        { clock, fetchJson: () => answer(what) },
      )
    expect(await from('keys').find('a')).toBeUndefined()
    await expect(from('none').find('a')).rejects.toThrow('what it answers is no JWKS')
    await expect(from('other').find('a')).rejects.toThrow('its discovery document is of the issuer "http://other"')
    asked = 0
    const keys = from('none')
    await Promise.allSettled(Array.from({ length: 20 }, () => keys.find('a')))
    expect(asked).toBe(1)
    clock.advance(1500)
    await Promise.allSettled(Array.from({ length: 20 }, () => keys.find('a')))
    expect(asked).toBe(2)
  })
})
