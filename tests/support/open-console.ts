import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Poolhouse, type SeedDocument, type SeededPool, startPoolhouse } from '../../src/lib.ts'
import { executablePath } from './open-page.ts'

const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string }

/** A development server with seeded pools, and a browser on its console. */
export interface OpenConsole {
  readonly server: Poolhouse
  readonly pools: readonly SeededPool[]
  /** A page of its own, which notes what breaks in it. */
  open(path: string): Promise<ConsolePage>
  close(): Promise<void>
}

/** A page of the console. */
export interface ConsolePage {
  readonly page: Page
  /** Shows another address below /console/. */
  go(path: string): Promise<void>
  /** Violations of the content security policy, scripts that broke, messages of the browser; empty when all is well. */
  readonly faults: readonly string[]
  /** What axe finds: WCAG 2.2 AA. Cloudscape's own colours are taken as they are. */
  barriers(): Promise<string[]>
  /** Keeps a picture under test-results/console/. */
  picture(name: string): Promise<void>
}

// Evaluated as text: its policy lets the page run no scripts of others.
const runAxe = `axe.run({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => id + ': ' + target + ' ' + html.slice(0, 300))))`

const watch = (page: Page, faults: string[]): void => {
  page.on('pageerror', (error) => faults.push(`broken: ${error.message}`))
  page.on('console', (message) => {
    // A refusal of the API is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
}

const openIn = async (browser: Browser, url: string, path: string): Promise<ConsolePage> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  // A test may open more tabs with the same cookies; they go when the first one does.
  page.once('close', () => void context.close().catch(() => undefined))
  // Shorter than a test's own, so that a failure names the step.
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  watch(page, faults)
  await page.exposeFunction('noteViolation', (text: string) => faults.push(text))
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => noteViolation('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
  )
  const go = async (to: string) => {
    await page.goto(`${url}/console/${to}`)
    await page.locator('h1').first().waitFor()
  }
  await go(path)
  return {
    page,
    go,
    faults,
    barriers: async () => {
      await page.evaluate(`${axe};0`)
      return (await page.evaluate(runAxe)) as string[]
    },
    picture: async (name) => {
      await page.screenshot({ path: `test-results/console/${name}.png` })
    },
  }
}

/** A browser for the console of a server that runs already. */
export const openBrowser = async (url: string): Promise<Pick<OpenConsole, 'open' | 'close'>> => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  return { open: (path) => openIn(browser, url, path), close: () => browser.close() }
}

/** Starts a development server with these pools and a browser; close them when done. The console has to be built (`npm test` builds). */
export const openConsole = async (seed: SeedDocument): Promise<OpenConsole> => {
  const server = await startPoolhouse()
  try {
    const [pools, browser] = await Promise.all([server.seed(seed), openBrowser(server.url)])
    return {
      server,
      pools,
      open: browser.open,
      close: async () => {
        await browser.close()
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
