/**
 * `npm run bench`: measures the built program on this machine, beside what the same machine could do at best. README.md tells how to read
 * it; `npm run bench -- --help` what can be chosen.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Chapter } from './chapter.ts'
import { failedPart } from './finding.ts'
import { machineNow } from './machine.ts'
import { measureDisk } from './parts/measure-disk.ts'
import { measureLoad } from './parts/measure-load.ts'
import { measureNodes } from './parts/measure-nodes.ts'
import { measurePace } from './parts/measure-pace.ts'
import { measurePeers } from './parts/measure-peers.ts'
import { measureStarts } from './parts/measure-starts.ts'
import { measureUsers } from './parts/measure-users.ts'
import { fullPlan, quickPlan } from './plan.ts'
import { type Report, reportMarkdown, reportText } from './report.ts'
import { root } from './run-node.ts'
import { takeBuild } from './take-build.ts'

const parts: Readonly<Record<string, (bench: Bench) => Promise<Chapter>>> = {
  starts: measureStarts,
  load: measureLoad,
  pace: measurePace,
  disk: measureDisk,
  users: measureUsers,
  nodes: measureNodes,
  peers: measurePeers,
}
const partNames = Object.keys(parts)

const help = `Usage: npm run bench -- [options]

  --quick          about a minute, rougher, without the peers
  --only PARTS     some of ${partNames.join(',')}
  --json           the figures for machines
  --markdown       the tables for a page
  --dist FOLDER    another build than the one of this clone
  --users COUNT    how many the big pool has
`

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    dist: { type: 'string' },
    users: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const quit = (text: string, status: number): never => {
  process[status === 0 ? 'stdout' : 'stderr'].write(text)
  process.exit(status)
}
if (options.help) quit(help, 0)

const chosen = options.only?.split(',') ?? partNames.filter((name) => !(options.quick && name === 'peers'))
for (const name of chosen) if (parts[name] === undefined) quit(`There is no part "${name}".\n\n${help}`, 1)

const plan = options.quick ? quickPlan : fullPlan
const many = Number(options.users ?? plan.users.many)
if (!Number.isInteger(many / 1000) || many < 1000) quit('--users wants thousands.\n', 1)

// On the disk of this clone rather than in a temporary folder, which may be in memory.
const folder = join(root, `node_modules/.cache/poolhouse/bench-${process.pid}`)
mkdirSync(folder, { recursive: true })
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

const machine = machineNow()
const began = performance.now()
const progress = (text: string): void => {
  process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s: ${text}\n`)
}
const bench: Bench = {
  dist: await takeBuild(folder, options.dist),
  folder,
  cores: machine.cores,
  plan: { ...plan, users: { ...plan.users, many } },
  progress,
}

const chapters: Record<string, Chapter> = {}
for (const name of chosen) {
  const chapter = await parts[name]?.(bench).catch((error: unknown): Chapter => {
    // What the other parts found out is worth more than this one's failure.
    process.stderr.write(`${name} failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
    return { findings: [failedPart(name, `it failed: ${why.slice(0, 100)}`)], tables: [], figures: undefined }
  })
  if (chapter !== undefined) chapters[name] = chapter
}
progress('done')
const report: Report = { machine, chapters }
const text = options.markdown ? reportMarkdown(report) : reportText(report)
process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : text)
process.exit()
