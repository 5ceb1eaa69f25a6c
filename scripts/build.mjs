/**
 * Builds dist/ from src/: main.js (the command), lib.js and lib.cjs (the package's entry), guard.js and guard.cjs
 * (`poolhouse/guard`), app.js (the server inside another process), one file for each *.worker.ts, and shared chunks. Everything lies flat in dist/, so that './name.worker.js' and './main.js'
 * beside import.meta.url are right wherever the code ends up. Dependencies stay outside. dist/console/ is the admin console. `--types` adds
 * declarations.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'rolldown'
import { buildConsole } from './build-console.mjs'
import { sourceDigest } from './freshness.mjs'
import { root } from './node-24.mjs'

const digest = sourceDigest()
// In node_modules, where no other tool looks; moved to its place when it is complete.
const draft = join(root, `node_modules/.cache/poolhouse/dist-${process.pid}`)
const target = join(root, 'dist')

const workers = readdirSync(join(root, 'src'), { recursive: true }).filter((path) => path.endsWith('.worker.ts'))
const entries = {}
for (const path of ['main.ts', 'lib.ts', 'guard.ts', 'app.ts', ...workers]) {
  const name = basename(path, '.ts')
  if (entries[name]) throw new Error(`src/ has two files named ${name}.ts, which would be one in dist/`)
  entries[name] = join(root, 'src', path)
}

/** V8 reads a long JSON text several times faster than the same data written as code. */
const largeJson = {
  name: 'large-json',
  load: {
    filter: { id: /cognito-idp\.json$/ },
    handler: (id) => {
      const text = JSON.stringify(JSON.parse(readFileSync(id, 'utf8')))
      return { code: `export default JSON.parse(${JSON.stringify(text)})`, moduleType: 'js' }
    },
  },
}

/** The sheet and the script of the pages stand in the code, because nothing of src/ lies beside it. */
const pageTexts = {
  name: 'page-texts',
  transform: {
    filter: { id: /pages\/assets\/texts\.ts$/ },
    handler: (code, id) => code.replace(/textOf\('([^']+)'\)/g, (_, name) => JSON.stringify(readFileSync(join(dirname(id), name), 'utf8'))),
  },
}

/**
 * An `import` of node:http asks for each of its exports, and some of those load an HTTP client of nearly a megabyte that we never use: 13 MB of
 * memory and a tenth of the time to start. `process.getBuiltinModule` asks for nothing.
 */
const bareHttp = {
  name: 'bare-http',
  resolveId: { filter: { id: /^node:http$/ }, handler: () => '\0bare-node:http' },
  load: {
    filter: { id: /^\0bare-node:http$/ },
    handler: () => "export const { Agent, createServer, request, STATUS_CODES } = process.getBuiltinModule('node:http')",
  },
}

const shared = {
  platform: 'node',
  external: (id) => id !== 'node:http' && !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0'),
  plugins: [largeJson, pageTexts, bareHttp],
  logLevel: 'warn',
}
const names = {
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  comments: { legal: true, annotation: false, jsdoc: false },
}

/** What is wrong with the sources is enough to say; the stack of the bundler helps nobody. */
const giveUp = (error) => {
  console.error(`\n${error.message}`)
  process.exit(1)
}
const bundle = (options) => build(options).catch(giveUp)

await bundle({ ...shared, input: entries, output: { dir: draft, format: 'esm', ...names } })

/** In CommonJS the server is still the one that lib.js has, imported when it is asked for. */
const appOutside = {
  name: 'app-outside',
  resolveId: { filter: { id: /\/app\.ts$/ }, handler: () => ({ id: './app.js', external: true }) },
}
for (const name of ['lib', 'guard']) {
  await bundle({
    ...shared,
    input: { [name]: entries[name] },
    plugins: [appOutside, ...shared.plugins],
    output: { dir: draft, format: 'cjs', ...names, entryFileNames: '[name].cjs', codeSplitting: false },
  })
}

await buildConsole(join(draft, 'console')).catch(giveUp)

if (process.argv.includes('--types')) {
  const all = `${draft}-types`
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.types.json', '--outDir', all], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
  const copied = new Set()
  for (const name of ['lib.d.ts', 'guard.d.ts']) copyDeclarations(all, name, copied)
  rmSync(all, { recursive: true })
  // The same once more for require(): in a folder that is not "type": "module" they describe CommonJS.
  cpSync(join(draft, 'types'), join(draft, 'types-cjs'), { recursive: true })
  writeFileSync(join(draft, 'types-cjs/package.json'), '{ "type": "commonjs" }\n')
}

/** Takes only what an entry's declarations lead to, with import paths that every compiler resolves. */
function copyDeclarations(from, path, seen) {
  if (seen.has(path)) return
  seen.add(path)
  const text = readFileSync(join(from, path), 'utf8').replace(/(?<=from '|import\(['"])(\.[^'"]+)\.ts(?=['"])/g, (_, name) => {
    copyDeclarations(from, join(dirname(path), `${name}.d.ts`), seen)
    return `${name}.js`
  })
  mkdirSync(dirname(join(draft, 'types', path)), { recursive: true })
  writeFileSync(join(draft, 'types', path), text)
}

chmodSync(join(draft, 'main.js'), 0o755)
writeFileSync(join(draft, '.stamp'), digest)
if (existsSync(join(target, '.cache'))) cpSync(join(target, '.cache'), join(draft, '.cache'), { recursive: true })
const old = `${draft}-old`
if (existsSync(target)) renameSync(target, old)
renameSync(draft, target)
rmSync(old, { recursive: true, force: true })
