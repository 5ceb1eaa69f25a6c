import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openBrowser } from '../../tests/support/page-browser.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts `poolhouse dev` on a free port; answers the sign-in page and the user that its banner names. */
const startDev = async (folder: string) => {
  const child = spawn(process.execPath, [main, 'dev', '--data-dir', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let user: readonly string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [, label = '', value = ''] = /^ {2}(Test user|Sign-in page)\s+(.*)$/.exec(line) ?? []
    if (label === 'Test user') user = value.split(' / ')
    if (label === 'Sign-in page') {
      const stop = () => child.kill() && ended
      return { page: new URL(value), user, stop }
    }
  }
  throw new Error('the banner names no sign-in page')
}

it('leads to a sign-in that ends on a page of the server with what to do next, on whatever port it starts', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-banner-'))
  try {
    const origins = new Set<string>()
    for (let start = 0; start < 2; start += 1) {
      const { page, user, stop } = await startDev(folder)
      try {
        origins.add(page.origin)
        const browser = openBrowser(page.origin)
        const [username = '', password = ''] = user
        const form = await browser.follow(await browser.get(page.pathname + page.search))
        const { location } = await browser.submit(form, { username, password })
        expect(location).toMatch(new RegExp(`^${page.origin}/_poolhouse/callback\\?code=`))
        const reached = await fetch(location)
        const text = await reached.text()
        expect(reached.status).toBe(200)
        expect(text).toContain('Signed in')
        const [, command = ''] = /(curl -s [^<]*)</.exec(text) ?? []
        const [, tokenUrl = ''] = /curl -s (\S+)/.exec(command) ?? []
        const fields = [...command.matchAll(/-d (\w+)=(\S+)|--data-urlencode (\w+)=(\S+)/g)].map(
          ([, a, b, c, d]) => [a ?? c, b ?? d] as const,
        )
        const answer = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(Object.fromEntries(fields)) })
        expect(await answer.json()).toMatchObject({ token_type: 'Bearer' })
      } finally {
        await stop()
      }
    }
    expect(origins.size).toBe(2)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
