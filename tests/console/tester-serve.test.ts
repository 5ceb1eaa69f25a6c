import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, start } from '../../src/app.ts'
import { rolePolicy } from '../../src/domain/operator-roles.ts'
import { commandSocket, remoteCommands } from '../../src/server/admin-socket.ts'
import { readConfig } from '../../src/server/config.ts'
import { silentLog } from '../../src/server/log.ts'
import { type OpenConsole, openBrowser } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { totpCode } from '../support/totp-code.ts'

const operatorPassword = 'joan walks nine otters'
const userPassword = 'Correct-Horse-7'
let folder = ''
let server: RunningServer
let browser: Pick<OpenConsole, 'open' | 'close'>
let pool = ''
let secret = ''

const fail = (error: unknown) => {
  throw error
}

/** A port that nobody has: the public address has to be known before the server starts. */
const freePort = async (): Promise<number> => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const post = async (path: string, body: object) => {
  const answer = await fetch(`${server.adminUrl}/console/${path}`, {
    method: 'POST',
    headers: { origin: server.adminUrl ?? '', 'x-poolhouse-console': '1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { secret: string; sealed: string }
}

beforeAll(async () => {
  if (!hasBrowser) return
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-tester-'))
  const port = await freePort()
  const flags = {
    'data-dir': folder,
    port: String(port),
    'admin-port': '0',
    'public-url': `http://127.0.0.1:${port}`,
    'smtp-url': 'smtp://127.0.0.1:9',
    'smtp-from': 'id@example.com',
  }
  const config = await readConfig('serve', {
    flags,
    env: { POOLHOUSE_MASTER_KEY: createHash('sha256').update('of the tester').digest('base64') },
    readMasterKeyFile: () => fail(new Error('no file is named')),
  })
  server = await start(config, { log: silentLog, onFatal: fail, inProcess: true })
  const commands = remoteCommands(commandSocket(folder))
  const settings = {
    AllowedOAuthFlows: ['code' as const],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['openid'],
    CallbackURLs: ['https://app.example.org/back'],
    SupportedIdentityProviders: ['COGNITO'],
  }
  const users = [{ username: 'maria', password: userPassword }]
  const [made] = await commands.seed({ document: { pools: [{ name: 'Shop', clients: [{ name: 'web', settings }], users }] } })
  pool = made?.userPoolId ?? ''
  const { link } = await commands.createOperator({ name: 'joan', policy: rolePolicy('administrator') })
  const token = new URL(link).hash.slice(1)
  const begun = await post('set-up/begin', { token })
  secret = begun.secret
  // The code of now is left for the browser: each is good once.
  const code = totpCode(secret, Date.now() - 30_000)
  await post('set-up', { token, sealed: begun.sealed, password: operatorPassword, code })
  browser = await openBrowser(server.adminUrl ?? '')
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (folder !== '') await rm(folder, { recursive: true })
})

describe.skipIf(!hasBrowser)(`the sign-in tester of a server with operators${browserNote}`, () => {
  it('gets its answer from login pages at another address, which know nothing of operators', async () => {
    const { page, faults, picture } = await browser.open(`user-pools/${pool}/sign-in-tester?flow=authorization_code`)
    await page.getByLabel('Name').fill('joan')
    await page.getByLabel('Password').fill(operatorPassword)
    await page.getByLabel('Code of your authenticator app').fill(totpCode(secret, Date.now()))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add this page' }).click()
    await page.getByText('This page is among the app client’s callback URLs now.').waitFor()
    await page.getByRole('button', { name: 'Add this page' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const link = page.getByRole('link', { name: 'Open the login page' })
    expect(await link.getAttribute('href')).toContain(`${server.url}/oauth2/authorize?`)
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    tab.setDefaultTimeout(8000)
    await tab.fill('input[name=username]', 'maria')
    await tab.locator('[name=signInSubmitButton]').click()
    await tab.locator('input[name=password]').fill(userPassword)
    await tab.locator('[name=signInSubmitButton]').click()
    await tab.getByText('Handed over').waitFor()
    await page.getByText('Signed in', { exact: true }).waitFor()
    await page.getByText('Signature valid').nth(1).waitFor()
    await page.setViewportSize({ width: 400, height: 900 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await picture('tester-serve')
    expect(faults).toEqual([])
    await page.close()
  }, 60_000)
})
