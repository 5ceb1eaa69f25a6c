import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'

/** Where Debian's Chromium is. */
export const executablePath = '/usr/bin/chromium'

/** Whether there is a browser; tests that need one skip themselves when there is none. */
export const hasBrowser = existsSync(executablePath)

/** What to add to the title of tests that are skipped for want of a browser. */
export const browserNote = hasBrowser ? '' : ` (skipped: there is no ${executablePath})`

/** A browser on a page with a program in it. */
export interface OpenPage<Application> {
  readonly page: Page
  /** Calls the program, which put itself on the page as `application`. */
  inPage<Name extends keyof Application & string>(
    name: Name,
    ...args: Application[Name] extends (...given: infer Given) => unknown ? Given : never
  ): Promise<unknown>
  close(): Promise<void>
}

/** A program as a front end's own bundler makes it. */
const bundle = async (input: string): Promise<string> => {
  const build = await rolldown({
    input,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' } },
  })
  const { output } = await build.generate({ format: 'iife', codeSplitting: false })
  await build.close()
  return output[0].code
}

/**
 * Opens a page with a bundled program, which may be made for the page's origin, in a browser with these arguments, at
 * `http://<host>:<some port>/`.
 */
export const openPage = async <Application>(
  program: string | ((origin: string) => Promise<string>),
  host: 'localhost' | '127.0.0.1',
  browserArgs: readonly string[] = [],
): Promise<OpenPage<Application>> => {
  let script = ''
  const site = createServer((request, reply) => {
    const isScript = request.url === '/app.js'
    reply.writeHead(200, { 'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8' })
    reply.end(isScript ? script : '<!doctype html><title>Shop</title><script src="/app.js"></script>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const origin = `http://${host}:${(site.address() as AddressInfo).port}`
  script = await bundle(typeof program === 'string' ? program : await program(origin))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...browserArgs] })
  const page = await browser.newPage()
  await page.goto(`${origin}/`)
  return {
    page,
    inPage: (name, ...args) =>
      page.evaluate(
        ([called, given]) => {
          const { application } = globalThis as unknown as { application: Record<string, (...all: unknown[]) => unknown> }
          return application[called]?.(...given)
        },
        [name as string, args as unknown[]] as const,
      ),
    close: async () => {
      await browser.close()
      site.close()
    },
  }
}
