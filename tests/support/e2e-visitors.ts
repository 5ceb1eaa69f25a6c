import { mkdirSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
  type Response,
} from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { type Device, devices } from './e2e-devices.ts'
import { pageFaults } from './e2e-page-faults.ts'
import { executablePath } from './open-page.ts'

const folder = 'test-results/e2e'

/** Of HTML and style sheets together (bytes). */
const heaviest = 15_000

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Types into the field with a label. */
  type(label: string, text: string): Promise<void>
  /** Waits for the field of a code, and types what was sent by then. */
  typeCode(sent: () => Promise<string>): Promise<void>
  /** Clicks or taps the button, or the link, with these words. */
  press(words: string): Promise<void>
  /** Waits for a page by its heading, and what it must say besides; looks it over and keeps a picture by this name. */
  see(heading: string, name: string, says?: string): Promise<void>
  /** Looks over whatever page there is, keeps a picture by this name, and answers what is wrong. */
  lookOver(name: string): Promise<string[]>
  /** What the browser refused or could not do. */
  readonly complaints: readonly string[]
}

/** A browser for the tests of a file. */
export interface Visitors {
  /** Somebody who has never been here; who wants a browser with other options, or to change it, gets one of their own. */
  visit(device: Device, options?: BrowserContextOptions): Promise<Visitor>
  close(): Promise<void>
}

/** The error page comes with an error's status, of which browsers complain. */
const isErrorPage = (message: ConsoleMessage) =>
  message.text().startsWith('Failed to load resource') && new URL(message.location().url).pathname === '/error'

const listen = (context: BrowserContext, page: Page, complaints: string[]) => {
  page.on('console', (message) => message.type() === 'error' && !isErrorPage(message) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return context.addInitScript(`document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    console.error('policy violated: ' + [violatedDirective, blockedURI, sourceFile].join(' ')))`)
}

const sizes = new Map<string, number>()

/** The bytes of a style sheet on its way. */
const sizeOf = async (page: Page, url: string): Promise<number> => {
  // Chromium finds names that others don't.
  const here = Object.assign(new URL(url), { hostname: 'localhost' }).href
  const size = sizes.get(here) ?? Number((await page.request.get(here)).headers()['content-length'])
  sizes.set(here, size)
  return size
}

/** The bytes that the page and its style sheets take on their way. */
const weightOf = async (page: Page, shown: Response): Promise<number> => {
  const sheets = (await page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href)")) as string[]
  const parts = await Promise.all([shown.body().then(({ length }) => length), ...sheets.map((url) => sizeOf(page, url))])
  return parts.reduce((sum, size) => sum + size, 0)
}

/** What is wrong with the page as the server sent it. */
const sentFaults = async (page: Page, shown: Response): Promise<string[]> => {
  const weight = await weightOf(page, shown)
  const { 'content-security-policy': policy = 'none' } = shown.headers()
  return [
    ...(weight > heaviest ? [`it weighs ${weight} bytes`] : []),
    ...(/^default-src 'none'; style-src 'self'; script-src 'self';/.test(policy) && !policy.includes('unsafe')
      ? []
      : [`its policy is ${policy}`]),
  ]
}

const open = async (browser: Browser, device: Device, options: BrowserContextOptions): Promise<OpenVisitor> => {
  const context = await browser.newContext({ ...devices[device], locale: 'en-US', ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  await listen(context, page, complaints)
  let shown: Response | undefined
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() && response.status() !== 302) shown = response
  })
  const lookOver = async (name: string) => {
    await page.waitForLoadState()
    await page.screenshot({ path: `${folder}/${device}-${name}.png`, fullPage: true })
    if (shown === undefined) throw new Error('no server sent this page')
    return [...complaints, ...(await pageFaults(page, device, options.javaScriptEnabled)), ...(await sentFaults(page, shown))]
  }
  const { hasTouch } = devices[device]
  return {
    page,
    context,
    complaints,
    type: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    typeCode: async (sent) => {
      const field = page.getByLabel('Code', { exact: true })
      await field.waitFor()
      await field.fill(await sent())
    },
    press: async (words) => {
      const control = page.getByRole('button', { name: words, exact: true }).or(page.getByRole('link', { name: words, exact: true }))
      await (hasTouch ? control.tap() : control.click())
    },
    see: async (heading, name, says) => {
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
      if (says !== undefined) await page.getByText(says).first().waitFor()
      expect(await lookOver(name), name).toEqual([])
    },
    lookOver,
    leave: async () => {
      await page.goto('about:blank')
      await context.clearCookies()
      complaints.length = 0
      shown = undefined
    },
  }
}

interface OpenVisitor extends Visitor {
  /** Leaves nothing behind. */
  leave(): Promise<void>
}

const startVisitors = async (...args: readonly string[]): Promise<Visitors> => {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...args] })
  // Those whose test is over: a new context takes as long as a whole test.
  const idle: Record<Device, OpenVisitor[]> = { phone: [], desktop: [] }
  return {
    visit: async (device, options) => {
      const visitor = (options === undefined && idle[device].pop()) || (await open(browser, device, options ?? {}))
      onTestFinished(async () => {
        if (options !== undefined) return visitor.context.close()
        await visitor.leave()
        idle[device].push(visitor)
      })
      return visitor
    },
    close: () => browser.close(),
  }
}

let shared: Promise<Visitors> | undefined

/** Chromium, in which everybody is alone: one for all files that run in this process, which ends with it, or one of its own with these arguments. */
export const openVisitors = async (...args: readonly string[]): Promise<Visitors> => {
  if (args.length > 0) return startVisitors(...args)
  shared ??= startVisitors()
  return { ...(await shared), close: async () => undefined }
}
