import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { password, startApp } from '../support/start-app.ts'
import type { Application, PageSettings } from './browser-page.ts'

const executablePath = '/usr/bin/chromium'
const isThere = existsSync(executablePath)

let app: Awaited<ReturnType<typeof startApp>>
let site: Server
let browser: Browser
let page: Page

/** The page's program, as a front end's own bundler makes it. */
const bundle = async (): Promise<string> => {
  const build = await rolldown({
    input: fileURLToPath(new URL('browser-page.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' } },
  })
  const { output } = await build.generate({ format: 'iife', codeSplitting: false })
  await build.close()
  return output[0].code
}

beforeAll(async () => {
  if (!isThere) return
  const [script, started] = await Promise.all([bundle(), startApp()])
  app = started
  site = createServer((request, reply) => {
    const isScript = request.url === '/app.js'
    reply.writeHead(200, { 'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' })
    reply.end(isScript ? script : '<!doctype html><title>Shop</title><script src="/app.js"></script>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
})
afterAll(async () => {
  await browser?.close()
  site?.close()
  await app?.server.stop()
})

/** Calls the application in the page. */
const inPage = <Name extends keyof Application>(name: Name, ...args: Parameters<Application[Name]>) =>
  page.evaluate(
    ([called, given]) => {
      const { application } = globalThis as unknown as { application: Record<string, (...all: unknown[]) => unknown> }
      return application[called]?.(...given)
    },
    [name as string, args as unknown[]] as const,
  )

const title = `a page of another origin with Amplify${isThere ? '' : ` (skipped: there is no ${executablePath})`}`

describe.skipIf(!isThere)(title, () => {
  it('signs up, confirms, and signs in with SRP', async () => {
    const settings: PageSettings = { endpoint: app.server.url, userPoolId: app.poolId, userPoolClientId: app.clientId }
    await inPage('configure', settings)
    expect(await inPage('signUp', 'ana', password)).toBe('CONFIRM_SIGN_UP')
    expect(await inPage('confirm', 'ana', await app.server.mailbox.code('ana@example.org'))).toBe('DONE')
    expect(await inPage('signIn', 'ana', 'Wrong-Horse-7')).toBe('NotAuthorizedException: Incorrect username or password.')
    expect(await inPage('signIn', 'ana', password)).toBe('DONE')
    expect(await inPage('whoAmI')).toMatchObject({ email: 'ana@example.org', email_verified: 'true', tokenUse: 'access' })
  })

  it('reads the name and the id of a refusal from its headers', async () => {
    expect(await inPage('refusal', app.server.url)).toEqual({
      type: 'NotAuthorizedException:',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    })
  })

  it('does not reach the test hooks', async () => {
    const outcome = await page.evaluate(
      (url) =>
        fetch(`${url}/_poolhouse/messages`).then(
          (reply) => `readable, ${reply.status}`,
          () => 'blocked',
        ),
      app.server.url,
    )
    expect(outcome).toBe('blocked')
    const sent = page.waitForResponse((reply) => reply.url().endsWith('/_poolhouse/reset'))
    await page.evaluate(
      (url) => fetch(`${url}/_poolhouse/reset`, { method: 'POST', mode: 'no-cors' }).catch(() => undefined),
      app.server.url,
    )
    expect((await sent).status()).toBe(403)
  })
})
