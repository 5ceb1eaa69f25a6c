/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out because the registry at hand did not have
 * them. Without their entries `npm ci` calls the lock file out of date. Run it after every change of dependencies:
 * `npm install --package-lock-only && node scripts/complete-lockfile.mjs`. The entries carry no integrity: they were not seen. `--check` writes nothing and
 * fails when one is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix']
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'loong64', 'mips64el']

/** Platform limits as npm reads them, told from a package name such as `@scope/binding-linux-arm64-musl`. */
const platformOf = (name) => {
  const words = name.split(/[/-]/)
  const cpu = processors.find((processor) => words.includes(processor))
  if (cpu === undefined) return undefined
  const os = systems.find((system) => words.includes(system))
  const libc =
    words.includes('musl') || words.includes('musleabihf') ? 'musl' : words.some((word) => /^gnu/.test(word)) ? 'glibc' : undefined
  return { ...(os && { os: [os] }), cpu: [cpu], ...(libc && { libc: [libc] }) }
}

/** Where Node would look for a package that `holder` imports, nearest first. */
const slotsFor = (holder, name) => {
  const slots = []
  for (let folder = holder; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    slots.push(`${folder}/node_modules/${name}`)
    if (!folder.includes('node_modules/')) break
  }
  return [...slots, `node_modules/${name}`]
}

const exact = /^\d+\.\d+\.\d+$/
let added = 0
for (const [holder, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const slots = slotsFor(holder, name)
    const found = slots.find((slot) => lock.packages[slot] !== undefined)
    if (found !== undefined && (!exact.test(version) || lock.packages[found].version === version)) continue
    const free = found === undefined ? slots.at(-1) : slots[0]
    const platform = platformOf(name)
    if (platform === undefined || !exact.test(version)) throw new Error(`cannot complete ${name} ${version}, wanted by ${holder}`)
    lock.packages[free] = { version, ...(entry.dev && { dev: true }), optional: true, ...platform }
    added += 1
  }
}
const [root, ...others] = Object.keys(lock.packages)
others.sort((a, b) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries([root, ...others].map((name) => [name, lock.packages[name]]))
const check = process.argv.includes('--check')
if (added > 0 && !check) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
if (added > 0 && check) {
  console.error('package-lock.json lacks packages of other platforms. Run: node scripts/complete-lockfile.mjs')
  process.exitCode = 1
} else if (!check) {
  console.log(added === 0 ? 'package-lock.json is complete' : `package-lock.json: added ${added} optional packages of other platforms`)
}
