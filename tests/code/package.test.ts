import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
// An older Node.js on this machine, which scripts/test.mjs names when it runs on one.
const oldNode = process.env['TEST_OLD_NODE']
const oldOnly = oldNode === undefined ? ' (skipped: this machine has no Node.js older than 24.15)' : ''

let folder = ''
let tarball = ''
let packed: readonly { readonly path: string; readonly size: number }[] = []
const installed = (...path: string[]) => join(folder, 'node_modules', ...path)
const program = () => installed('poolhouse', 'dist', 'main.js')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-package-'))
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root })
  const answer = JSON.parse(stdout) as
    | { filename: string; files: typeof packed }[]
    | Record<string, { filename: string; files: typeof packed }>
  const [report] = Object.values(answer)
  if (report === undefined) throw new Error('npm pack reported nothing')
  packed = report.files
  tarball = join(folder, report.filename)
  await writeFile(join(folder, 'package.json'), '{ "name": "consumer", "private": true }')
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball], { cwd: folder })
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('the packed program', () => {
  it('is what was built and the documents, and no more', () => {
    expect(packed.length).toBeGreaterThan(20)
    const strange = packed.filter(
      ({ path }) =>
        !/^(dist\/[^.].*\.(js|cjs|d\.ts|json)|dist\/console\/(index\.html|favicon\.svg\.(br|gz)|assets\/[\w.-]+\.(js|css)\.(br|gz))|package\.json|(README|CHANGELOG|SECURITY)\.md|LICENSE)$/.test(
          path,
        ),
    )
    expect(strange).toEqual([])
    for (const path of [
      'dist/main.js',
      'dist/lib.js',
      'dist/lib.cjs',
      'dist/types/lib.d.ts',
      'dist/types-cjs/lib.d.ts',
      'LICENSE',
      'README.md',
    ]) {
      expect(packed.map((file) => file.path)).toContain(path)
    }
    expect(packed.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(4_000_000)
  })

  it('brings a worker file for every worker that the sources start', () => {
    const workers = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.worker.ts'))
    expect(workers.length).toBeGreaterThan(0)
    for (const path of workers) expect(packed.map((file) => file.path)).toContain(path.replace(/^.*\//, 'dist/').replace(/\.ts$/, '.js'))
  })

  it('brings no Node.js and nothing that builds it', () => {
    const present = readdirSync(installed())
    expect(present).toContain('poolhouse')
    expect(present.filter((name) => /^(node-.*|rolldown|@rolldown|typescript|@poolhouse)$/.test(name))).toEqual([])
    expect(existsSync(installed('.bin', 'node'))).toBe(false)
    expect(existsSync(installed('.bin', 'poolhouse'))).toBe(true)
  })

  it('depends on exactly the packages that its code imports', () => {
    const manifest = JSON.parse(readFileSync(installed('poolhouse', 'package.json'), 'utf8')) as Record<string, Record<string, string>>
    const code = packed
      .filter(({ path }) => /^dist\/[^/]+\.c?js$/.test(path))
      .map(({ path }) => readFileSync(installed('poolhouse', path), 'utf8'))
    const names = code.flatMap((text) =>
      [...text.matchAll(/(?:^(?:import|export)\b[^"';]*|\bimport\(|\brequire\()"([^".]+)"/gm)].map(([, name = '']) => name),
    )
    const packages = names.filter((name) => !isBuiltin(name)).map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
    expect([...new Set(packages)].sort()).toEqual(Object.keys(manifest['dependencies'] ?? {}).sort())
    expect(manifest['optionalDependencies']).toBeUndefined()
  })

  it('starts with a file that an old Node.js can read: it imports only parts of Node.js before it has looked', () => {
    const text = readFileSync(program(), 'utf8')
    const names = [...text.matchAll(/^import\b[^'"]*['"]([^'"]+)['"]/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(names.every((name) => name?.startsWith('node:'))).toBe(true)
    expect(text).not.toMatch(/^import \{[^}]*\} from ["']node:(module|sqlite)["']/m)
  })

  it('tells an old Node.js what is wrong', async () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '24.14.1' }); await import(${JSON.stringify(program())})`
    const outcome = await run(process.execPath, ['--input-type=module', '-e', pretend]).catch((error) => error)
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toBe(
      'poolhouse: Node.js 24.14.1 is too old. Poolhouse keeps its data in the database that is built into Node.js 24.15 and newer. Install one of those and try again.\n',
    )
  })

  it.skipIf(oldNode === undefined)(`tells a really old Node.js the same${oldOnly}`, async () => {
    const outcome = await run(oldNode ?? '', [program(), 'dev']).catch((error) => error)
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/^poolhouse: Node\.js \S+ is too old\. .*\n$/)
  })

  it('runs, and refuses what it does not know', async () => {
    expect((await run(process.execPath, [program(), '--version'])).stdout).toBe('0.1.0\n')
    expect((await run(process.execPath, [program(), '--help'])).stdout).toMatch(/^Poolhouse is an identity server/)
    const outcome = await run(process.execPath, [program(), 'dev', '--prot', '1']).catch((error) => error)
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toContain('Did you mean --port?')
  })

  const start = `const server = await startPoolhouse({ nodePath: ${JSON.stringify(process.execPath)} })
    const health = await fetch(server.url + '/health')
    console.log(health.status)
    await server.stop()`
  const asModule = `import { startPoolhouse } from 'poolhouse'\n${start}`
  const asCommonJs = `const { startPoolhouse } = require('poolhouse');(async () => { ${start} })()`
  const inProcess = `import { startPoolhouse } from 'poolhouse'
    const server = await startPoolhouse({ inProcess: true })
    console.log((await fetch(server.url + '/health')).status)
    await server.stop()`

  it.each([
    ['an ES module', 'start.mjs', asModule],
    ['CommonJS', 'start.cjs', asCommonJs],
    ['the same process', 'here.mjs', inProcess],
    [
      'the same process from CommonJS',
      'here.cjs',
      `(async () => { ${inProcess.replace(/^import.*$/m, "const { startPoolhouse } = require('poolhouse')")} })()`,
    ],
  ])('starts a server for tests from %s', async (_, file, text) => {
    await writeFile(join(folder, file), text)
    expect((await run(process.execPath, [file], { cwd: folder })).stdout).toBe('200\n')
  })

  it.skipIf(oldNode === undefined).each([
    ['an ES module', 'start.mjs', asModule],
    ['CommonJS', 'start.cjs', asCommonJs],
  ])(`starts a server for tests from %s of an old Node.js${oldOnly}`, async (_, file, text) => {
    await writeFile(join(folder, file), text)
    expect((await run(oldNode ?? '', [file], { cwd: folder })).stdout).toBe('200\n')
  })

  it.each([
    ['ES modules', 'nodenext', 'mts'],
    ['CommonJS', 'nodenext', 'cts'],
    ['bundlers', 'bundler', 'ts'],
  ])('has types for %s', async (_, resolution, extension) => {
    const place = join(folder, `types-${resolution}-${extension}`)
    await mkdir(place, { recursive: true })
    const text = `import { startPoolhouse, type Poolhouse } from 'poolhouse'
      export const url = async (): Promise<string> => { const server: Poolhouse = await startPoolhouse({ fixedCode: '123456' }); return server.url }
      // @ts-expect-error: no such option, so the types are really found
      export const wrong = () => startPoolhouse({ fixedCod: '123456' })\n`
    await writeFile(join(place, `use.${extension}`), text)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--typeRoots',
      join(root, 'node_modules/@types'),
      '--types',
      'node',
      '--target',
      'es2022',
      '--moduleResolution',
      resolution,
    ]
    const module = resolution === 'bundler' ? 'preserve' : resolution
    const outcome = await run(process.execPath, [compiler, ...options, '--module', module, `use.${extension}`], { cwd: place }).catch(
      (error) => error,
    )
    expect(outcome.stdout).toBe('')
    expect(outcome.code ?? 0).toBe(0)
  })
})
