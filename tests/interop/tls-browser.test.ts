import { spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { httpsGet } from '../support/https-get.ts'
import { browserNote, executablePath, hasBrowser } from '../support/open-page.ts'

const hasCertutil = spawnSync('certutil', ['-H']).error === undefined
const storeNote = hasCertutil ? '' : ' (skipped: there is no certutil)'

let server: Poolhouse
let home: string
const browsers: Browser[] = []
beforeAll(async () => {
  if (!hasBrowser) return
  server = await startPoolhouse({ tls: true })
  home = await mkdtemp(join(tmpdir(), 'tls-browser-'))
})
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await server?.stop()
  if (home !== undefined) await rm(home, { recursive: true, force: true })
})

/** Chromium with a home of its own, for which example.com is this machine. */
const launch = async (...args: readonly string[]): Promise<Browser> => {
  const env = { ...(process.env as Record<string, string>), HOME: home }
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--host-resolver-rules=MAP example.com 127.0.0.1', ...args],
    env,
  })
  browsers.push(browser)
  return browser
}

/** What becomes of a visit: who the page's server is and whether the page counts as secure, or the browser's error. */
const visit = async (browser: Browser, host: string): Promise<string> => {
  const page = await browser.newPage()
  try {
    const reply = await page.goto(`${server.url.replace('localhost', host)}/health`)
    const secure = await page.evaluate('isSecureContext')
    return `${reply?.status()} ${(await reply?.securityDetails())?.protocol} ${secure ? 'secure' : 'insecure'}`
  } catch (error) {
    return /net::(\w+)/.exec(String(error))?.[1] ?? String(error)
  } finally {
    await page.close()
  }
}

const hosts = ['localhost', 'shop.auth.us-east-1.localhost', '127.0.0.1']

describe.skipIf(!hasBrowser)(`certificates of dev --tls in Chromium${browserNote}`, () => {
  it('are refused where their authority is not trusted', async () => {
    const browser = await launch()
    for (const host of hosts) expect([host, await visit(browser, host)]).toEqual([host, 'ERR_CERT_AUTHORITY_INVALID'])
  })

  it('are good enough for pages when their key is let through', async () => {
    const { certificate } = await httpsGet(`${server.url}/health`, server.certificateAuthority)
    const key = new X509Certificate(certificate.raw).publicKey.export({ format: 'der', type: 'spki' })
    const hash = createHash('sha256').update(key).digest('base64')
    const browser = await launch(`--ignore-certificate-errors-spki-list=${hash}`)
    for (const host of hosts) expect([host, await visit(browser, host)]).toEqual([host, '200 TLS 1.3 secure'])
  })

  it.skipIf(!hasCertutil)(`are trusted with their authority, for its names alone${storeNote}`, async () => {
    const store = ['-d', `sql:${join(home, '.pki', 'nssdb')}`]
    await mkdir(join(home, '.pki', 'nssdb'), { recursive: true })
    await writeFile(join(home, 'authority.pem'), server.certificateAuthority ?? '')
    const run = (...args: readonly string[]) => spawnSync('certutil', [...args, ...store], { encoding: 'utf8' })
    expect(run('-N', '--empty-password').stderr).toBe('')
    expect(run('-A', '-t', 'C,,', '-n', 'Poolhouse', '-i', join(home, 'authority.pem')).stderr).toBe('')
    const browser = await launch()
    for (const host of hosts) expect([host, await visit(browser, host)]).toEqual([host, '200 TLS 1.3 secure'])
    expect(await visit(browser, 'example.com')).toBe('ERR_CERT_COMMON_NAME_INVALID')
  })
})
