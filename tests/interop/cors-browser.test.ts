import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserNote, hasBrowser, type OpenPage, openPage } from '../support/open-page.ts'
import { password, startApp } from '../support/start-app.ts'
import type { Application, PageSettings } from './browser-page.ts'

let app: Awaited<ReturnType<typeof startApp>>
let open: OpenPage<Application>

beforeAll(async () => {
  if (!hasBrowser) return
  const program = fileURLToPath(new URL('browser-page.ts', import.meta.url))
  ;[open, app] = await Promise.all([openPage<Application>(program, '127.0.0.1'), startApp()])
})
afterAll(async () => {
  await open?.close()
  await app?.server.stop()
})

describe.skipIf(!hasBrowser)(`a page of another origin with Amplify${browserNote}`, () => {
  it('signs up, confirms, and signs in with SRP', async () => {
    const settings: PageSettings = { endpoint: app.server.url, userPoolId: app.poolId, userPoolClientId: app.clientId }
    await open.inPage('configure', settings)
    expect(await open.inPage('signUp', 'ana', password)).toBe('CONFIRM_SIGN_UP')
    expect(await open.inPage('confirm', 'ana', await app.server.mailbox.code('ana@example.org'))).toBe('DONE')
    expect(await open.inPage('signIn', 'ana', 'Wrong-Horse-7')).toBe('NotAuthorizedException: Incorrect username or password.')
    expect(await open.inPage('signIn', 'ana', password)).toBe('DONE')
    expect(await open.inPage('whoAmI')).toMatchObject({ email: 'ana@example.org', email_verified: 'true', tokenUse: 'access' })
  })

  it('reads the name and the id of a refusal from its headers', async () => {
    expect(await open.inPage('refusal', app.server.url)).toEqual({
      type: 'NotAuthorizedException:',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    })
  })

  it('does not reach the test hooks', async () => {
    const outcome = await open.page.evaluate(
      (url) =>
        fetch(`${url}/_poolhouse/messages`).then(
          (reply) => `readable, ${reply.status}`,
          () => 'blocked',
        ),
      app.server.url,
    )
    expect(outcome).toBe('blocked')
    const sent = open.page.waitForResponse((reply) => reply.url().endsWith('/_poolhouse/reset'))
    await open.page.evaluate(
      (url) => fetch(`${url}/_poolhouse/reset`, { method: 'POST', mode: 'no-cors' }).catch(() => undefined),
      app.server.url,
    )
    expect((await sent).status()).toBe(403)
  })
})
