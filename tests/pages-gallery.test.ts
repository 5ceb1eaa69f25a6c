import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staticAsset } from '../src/pages/static-assets.ts'
import { accessibilityFaults, overflowFaults } from './support/e2e-page-faults.ts'
import { browserNote, hasBrowser } from './support/open-page.ts'
import { sampleNames, samplePage } from './support/sample-pages.ts'

const folder = 'test-results/gallery'
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'"

let site: Server
let browser: Browser

/** Serves `/<page>`, and the sheet and the script. */
beforeAll(async () => {
  if (!hasBrowser) return
  mkdirSync(folder, { recursive: true })
  site = createServer((request, reply) => {
    const asset = staticAsset(request.url ?? '')
    const body = asset?.body ?? samplePage((request.url ?? '').slice(1) as (typeof sampleNames)[number])
    reply.writeHead(200, { 'content-type': asset?.type ?? 'text/html; charset=utf-8', 'content-security-policy': policy })
    reply.end(body)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser?.close()
  site?.close()
})

const open = async (name: string, dark: boolean): Promise<{ page: Page; refused: string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: dark ? 'dark' : 'light' })
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/${name}`, { timeout: 5000 })
  return { page, refused }
}

describe.skipIf(!hasBrowser)(`the parts of pages in Chromium${browserNote}`, () => {
  it.each(sampleNames)('%s is what it should be, small and on a desktop, light and dark', async (name) => {
    for (const dark of [false, true]) {
      const { page, refused } = await open(name, dark)
      await page.screenshot({ path: `${folder}/${name}-${dark ? 'dark' : 'light'}.png`, fullPage: true })
      const faults = [...(await overflowFaults(page)), ...(await accessibilityFaults(page)), ...refused]
      expect(faults).toEqual([])
      await page.close()
    }
  })
})
