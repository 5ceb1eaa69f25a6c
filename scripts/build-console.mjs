/**
 * Builds the admin console of console/ as the server hands it out: the page, and every other file compressed with brotli.
 * What was built from the same sources before is taken again.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { root } from './node-24.mjs'

const cache = join(root, 'node_modules/.cache/poolhouse')

/** Changes whenever anything does that the console is made from. */
const consoleDigest = () => {
  const hash = createHash('sha256')
  for (const folder of ['console', 'src/model', 'src/domain']) {
    const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    for (const entry of names
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .sort()) {
      hash
        .update(`${entry.slice(root.length)}\0`)
        .update(readFileSync(entry))
        .update('\0')
    }
  }
  for (const file of ['package-lock.json', 'scripts/build-console.mjs']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 32)
}

const compress = async (folder) => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((one) => one.isFile() && one.name !== 'index.html').map((one) => join(one.parentPath, one.name))
  await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(file)
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, { params }))
      rmSync(file)
    }),
  )
}

/** React's marks for servers mean nothing here. */
const onwarn = (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning)

const buildInto = async (folder) => {
  // Loaded only where something is to be built.
  const { build } = await import('vite')
  await build({
    root: join(root, 'console'),
    configFile: false,
    logLevel: 'warn',
    // The page says where it stands (its base element), because a proxy may put a path before it.
    base: './',
    oxc: { jsx: { runtime: 'automatic' } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4000,
      modulePreload: { polyfill: false },
      rolldownOptions: { onwarn },
    },
  })
  await compress(folder)
}

/** Puts the built console into a folder. Throws what is wrong with its sources. */
export const buildConsole = async (target) => {
  const kept = join(cache, `console-${consoleDigest()}`)
  if (!existsSync(kept)) {
    const draft = join(cache, `console-draft-${process.pid}`)
    await buildInto(draft)
    for (const name of existsSync(cache) ? readdirSync(cache) : []) {
      if (/^console-[0-9a-f]{32}$/.test(name)) rmSync(join(cache, name), { recursive: true, force: true })
    }
    try {
      renameSync(draft, kept)
    } catch (error) {
      // Another build of the same sources was faster.
      if (!existsSync(kept)) throw error
      rmSync(draft, { recursive: true, force: true })
    }
  }
  rmSync(target, { recursive: true, force: true })
  mkdirSync(dirname(target), { recursive: true })
  cpSync(kept, target, { recursive: true })
}
