import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CountedConsole, openCountedConsole, type PageCost } from '../support/counted-console.ts'
import { fillUsers } from '../support/fill-users.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { type ConsolePage, type OpenConsole, openBrowser } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

const few = 100
const many = 1000

let harness: Harness
let made: MadePool
let served: CountedConsole
let browser: Pick<OpenConsole, 'open' | 'close'>

beforeAll(async () => {
  if (!hasBrowser) return
  harness = await createHarness()
  made = await makePool(harness, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } })
  await harness.ok('CreateGroup', { UserPoolId: made.UserPoolId, GroupName: 'everybody' })
  served = await openCountedConsole(harness)
  browser = await openBrowser(served.url)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
  await harness?.close()
})

const folder = new URL('../../console/src/routes/', import.meta.url)
const sections = readdirSync(folder)
  .filter((name) => name !== 'route.ts')
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))

/** The paths of a section, which its functions made by `routeIn` put a base before. */
const pathsIn = (text: string): string[] => {
  const makers = [...text.matchAll(/^const (\w+) = routeIn\('[^']*'(?:, '([^']+)')?\)$/gm)]
  return makers.flatMap(([, maker = '', base = '']) =>
    [...text.matchAll(new RegExp(`^ {2}${maker}\\(\\s*'([^']*)'`, 'gm'))].map(([, path = '']) =>
      [base, path].filter((part) => part !== '').join('/'),
    ),
  )
}

const patterns = sections.flatMap(pathsIn)

/** Every page of a pool, with the parts of its address that there are in the test's pool. */
const addresses = (): string[] => {
  const parts: Readonly<Record<string, string>> = {
    poolId: made.UserPoolId,
    clientId: made.ClientId,
    username: 'user-7',
    groupName: 'everybody',
  }
  const pages = patterns.map((pattern) => pattern.replace(/:(\w+)/g, (_, name: string) => parts[name] ?? 'none'))
  const users = `user-pools/${made.UserPoolId}/users`
  const tabs = ['groups', 'mfa', 'devices', 'sessions', 'events'].map((tab) => `${users}/user-7?tab=${tab}`)
  const searches = ['user-1', 'email ^= "user-2"', 'cognito:user_status = "CONFIRMED"'].map(
    (text) => `${users}?find=${encodeURIComponent(text)}`,
  )
  return [...pages, ...tabs, ...searches]
}

/** Resolves once the page has run what waited in it twice over: what it shows, and what it asks for after that. */
const atRest = (page: ConsolePage['page']) => async (): Promise<void> => {
  for (let round = 0; round < 2; round += 1)
    await page.evaluate('new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 20)))')
}

const costOf = async ({ page }: ConsolePage, path: string, quiet: number): Promise<PageCost> => {
  await page.goto(`${served.url}/console/${path}`)
  await page.locator('h1').first().waitFor()
  return served.settled(quiet, atRest(page))
}

/** Pages that show users, or how many there are. */
const isAboutUsers = (path: string) => /\/users|\/groups\/|user-pools\/[^/]+$|dashboard/.test(path) && !/\/(create|edit)$/.test(path)

const longer = (large: readonly string[], small: readonly string[] = []) => large.length > small.length

describe.skipIf(!hasBrowser)(`the cost of the console's pages${browserNote}`, () => {
  it('reads the table of pages', () => {
    // Each route loads one file.
    expect(patterns.length).toBe(sections.join('').match(/\bimport\('/g)?.length)
    expect(patterns.length).toBeGreaterThan(50)
    for (const path of ['user-pools/:poolId', 'user-pools/:poolId/users', 'user-pools/:poolId/sign-in-tester', 'dashboard'])
      expect(patterns).toContain(path)
  })

  it('does not grow with the users of a pool: not in calls, nor in reads of the store behind them', { timeout: 300_000 }, async () => {
    const paths = addresses().filter(isAboutUsers)
    expect(paths.length).toBeGreaterThan(10)
    await fillUsers(harness, made.UserPoolId, few)
    const opening = await browser.open('user-pools')
    await served.settled(500)
    const before = new Map<string, PageCost>()
    for (const path of paths) before.set(path, await costOf(opening, path, 500))
    await fillUsers(harness, made.UserPoolId, many)
    const grown: object[] = []
    for (const path of paths) {
      const [small, large] = [before.get(path), await costOf(opening, path, 500)]
      if (longer(large.calls, small?.calls) || longer(large.work, small?.work)) grown.push({ path, small, large })
    }
    expect(grown).toEqual([])
    const users = before.get(`user-pools/${made.UserPoolId}/users`)
    expect(users?.calls.filter((name) => name !== 'ListUserPools')).toEqual(['DescribeUserPool', 'ListUsers'])
    expect(users?.work.filter((verb) => verb.startsWith('users.'))).toEqual(['users.list'])
    await opening.page.close()
  })

  it('is a handful of calls for every other page', { timeout: 300_000 }, async () => {
    const opening = await browser.open('user-pools')
    const costs: [string, number][] = []
    for (const path of addresses().filter((one) => !isAboutUsers(one))) {
      costs.push([path, (await costOf(opening, path, 150)).calls.length])
    }
    expect(costs.filter(([, calls]) => calls > 12)).toEqual([])
    expect(costs.some(([, calls]) => calls > 0)).toBe(true)
    await opening.page.close()
  })
})
