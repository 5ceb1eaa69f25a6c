// What the console's pages cost with many users: `node bench/console-scale.ts [USERS] [FOLDER]` after `npm run build`. Fills one pool with
// 1,000 users and one with USERS (1,000,000 unless given), shows pages of both in a browser, and fails when the calls behind a page take
// more than five times as long. A FOLDER is kept, and filled where it is not yet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadedName } from '../src/domain/loaded-user.ts'
import { type ConsolePage, openBrowser } from '../tests/support/open-console.ts'
import { loadPool } from './load-pool.ts'
import { startProgram } from './program.ts'

const [users, given] = [Number(process.argv[2] ?? 1_000_000), process.argv[3]]
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const rounds = 5
const ceiling = 5

const poolId = 'us-east-1_ScaleShow0'

const pagesOf = (count: number): Readonly<Record<string, string>> => {
  const pool = `user-pools/${poolId}`
  const last = loadedName(count - 1)
  const find = (text: string) => `${pool}/users?find=${encodeURIComponent(text)}`
  return {
    'user pools': 'user-pools',
    overview: pool,
    users: `${pool}/users`,
    'search everywhere': find(last),
    'search, one found': find(`email = "${last}@example.com"`),
    'search, many found': find('email ^= "load-"'),
    'search by status': find('cognito:user_status = "CONFIRMED"'),
    user: `${pool}/users/${last}`,
    'groups of a user': `${pool}/users/${last}?tab=groups`,
    groups: `${pool}/groups`,
    'users of a group': `${pool}/groups/load-group-3`,
    'app clients': `${pool}/app-clients`,
  }
}

/** Milliseconds that the API's calls behind the shown page took together, as the browser saw them. */
const apiTime = `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/console/api')).reduce((sum, { duration }) => sum + duration, 0)`

const shown = async ({ page, go }: ConsolePage, path: string): Promise<number> => {
  await go(path)
  await page.waitForLoadState('networkidle')
  return (await page.evaluate(apiTime)) as number
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

const measure = async (folder: string, count: number): Promise<Readonly<Record<string, number>>> => {
  const program = await startProgram(dist, folder)
  const url = `http://localhost:${program.port}`
  const browser = await openBrowser(url)
  const opening = await browser.open('user-pools')
  const costs: Record<string, number> = {}
  for (const [name, path] of Object.entries(pagesOf(count))) {
    await shown(opening, path)
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) times.push(await shown(opening, path))
    costs[name] = median(times)
  }
  if (opening.faults.length > 0) throw new Error(opening.faults.join('\n'))
  await browser.close()
  await program.stop()
  return costs
}

const root = given ?? mkdtempSync(join(tmpdir(), 'poolhouse-console-scale-'))
const folderOf = (count: number) => join(root, `users-${count}`)
for (const count of [1000, users]) loadPool(dist, folderOf(count), poolId, count, 10)
const small = await measure(folderOf(1000), 1000)
const large = await measure(folderOf(users), users)
const rows = Object.keys(small).map((page) => ({
  page,
  '1,000 users, ms': Number((small[page] ?? 0).toFixed(1)),
  [`${users.toLocaleString('en')} users, ms`]: Number((large[page] ?? 0).toFixed(1)),
  times: Number(((large[page] ?? 0) / (small[page] || 1)).toFixed(2)),
}))
process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`)
if (given === undefined) rmSync(root, { recursive: true, force: true })
const slow = rows.filter(({ times }) => times > ceiling)
if (slow.length > 0) {
  process.stderr.write(`${slow.map(({ page, times }) => `${page} costs ${times} times as much.`).join('\n')}\n`)
  process.exitCode = 1
}
