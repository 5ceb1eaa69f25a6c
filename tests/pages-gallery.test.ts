import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staticAsset } from '../src/pages/static-assets.ts'
import type { Language } from '../src/pages/strings/languages.ts'
import { browserNote, hasBrowser } from './support/open-page.ts'
import { sampleNames, samplePage } from './support/sample-pages.ts'

const folder = 'test-results/gallery'
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'"
const sizes = { small: [320, 640], phone: [390, 844], desktop: [1280, 900] } as const

let site: Server
let browser: Browser

/** Serves `/<page>/<language>`, and the sheet and the script. */
beforeAll(async () => {
  if (!hasBrowser) return
  mkdirSync(folder, { recursive: true })
  site = createServer((request, reply) => {
    const asset = staticAsset(request.url ?? '')
    const [, name, language] = (request.url ?? '').split('/')
    const body = asset?.body ?? samplePage(name as (typeof sampleNames)[number], language as Language)
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

const addressOf = (name: string, language: Language) => `http://localhost:${(site.address() as AddressInfo).port}/${name}/${language}`

const open = async (
  name: string,
  { language = 'en' as Language, size = 'desktop' as keyof typeof sizes, dark = false, script = true } = {},
): Promise<{ page: Page; refused: string[] }> => {
  const [width, height] = sizes[size]
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script })
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await page.goto(addressOf(name, language), { timeout: 5000 })
  return { page, refused }
}

/** What axe finds: the rules of WCAG 2.2 AA and the 7:1 of text, as `rule: element`. */
const findings = async (page: Page): Promise<string[]> => {
  await page.evaluate(await axeSource())
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'color-contrast-enhanced': { enabled: true } },
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join()}`))
  })
}
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly any: readonly { readonly message: string }[] }[]
}
const axeSource = async () => {
  const { source } = createRequire(import.meta.url)('axe-core') as { source: string }
  return source
}

describe.skipIf(!hasBrowser)(`the pages in Chromium${browserNote}`, () => {
  it.each(sampleNames)('%s is what it should be, on a phone and a desktop, light and dark', async (name) => {
    for (const size of ['small', 'phone', 'desktop'] as const) {
      for (const dark of [false, true]) {
        const { page, refused } = await open(name, { size, dark })
        await page.screenshot({ path: `${folder}/${name}-${size}-${dark ? 'dark' : 'light'}.png`, fullPage: true })
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
        if (size !== 'phone') expect(await findings(page)).toEqual([])
        expect(refused).toEqual([])
        await page.close()
      }
    }
  })
})
