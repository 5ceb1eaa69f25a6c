import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
)
const textOf = new Map(files.map((path) => [path, readFileSync(join(source, path), 'utf8')]))

interface Import {
  readonly from: string
  /** A path under src/, or the name of a package or of a part of Node.js. */
  readonly to: string
}

/** Every import of values and types, static and dynamic, and every worker file. */
const importsOf = (path: string): Import[] => {
  const pattern = /^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)|'(\.[^']+\.worker\.ts)'/gm
  return [...(textOf.get(path) ?? '').matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''
    return { from: path, to: name.startsWith('.') ? join(dirname(path), name) : name }
  })
}

const imports = files.flatMap(importsOf)
const own = imports.filter(({ to }) => textOf.has(to))

/** Folders that hold one interface and its implementations. */
const interfaces = [
  'storage/store.ts',
  'compute/compute.ts',
  'delivery/delivery.ts',
  'triggers/triggers.ts',
  'keys/keyring.ts',
  'compromised/compromised-passwords.ts',
  'logout-notices/logout-notices.ts',
  'posting/poster.ts',
]
const implementing = interfaces.map((path) => dirname(path))

/** The layer of a file: its folder, except that interfaces and the files at the top are layers of their own. */
const layerOf = (path: string): string => {
  const [folder = '', ...rest] = path.split('/')
  if (interfaces.includes(path)) return 'interface'
  if (rest.length === 0) return folder.replace(/\.ts$/, '')
  return folder
}

const rules = ['model', 'errors', 'domain']
const below = [...rules, 'crypto', 'interface', 'context', 'clock', 'random']

/** What a layer may import besides itself. */
const allowed: Record<string, readonly string[]> = {
  model: [],
  errors: ['model'],
  domain: ['model', 'errors'],
  crypto: ['model'],
  clock: [],
  random: [],
  'make-folder': [],
  interface: [...rules],
  context: [...rules, 'interface', 'clock', 'random'],
  ...Object.fromEntries(implementing.map((folder) => [folder, [...below, 'make-folder']])),
  flows: below,
  operations: [...below, 'flows'],
  api: [...below, 'operations'],
  oauth: [...below, 'flows'],
  pages: [...below, 'flows', 'oauth'],
  postman: [...rules, 'operations'],
  console: [...below, 'api'],
  server: [...below, 'api', 'oauth', 'pages', 'console', 'operations', 'flows'],
  'open-services': [...below, ...implementing, 'server'],
  'work-on-data': [...below, ...implementing, 'server'],
  'open-data': [...below, 'make-folder', ...implementing, 'operations', 'server', 'open-services'],
  app: [...below, ...implementing, 'flows', 'operations', 'api', 'oauth', 'pages', 'console', 'server', 'open-services', 'open-data'],
  guard: [...rules, 'crypto', 'clock'],
  cli: [...below, 'make-folder', 'server', 'app', 'open-data', 'work-on-data', 'postman', 'guard'],
  main: ['cli'],
  lib: [...rules, 'interface', 'server', 'app'],
}

/** The files that put the parts together. */
const composing = ['open-services.ts', 'open-data.ts', 'work-on-data.ts', 'app.ts']

/** Pure functions of an implementation's folder that read what an operator wrote. */
const exceptions = [
  'server/config.ts -> keys/parse-master-key.ts',
  'server/config.ts -> triggers/parse-mapping.ts',
  'server/trigger-settings.ts -> triggers/parse-mapping.ts',
  'cli/gather-config.ts -> keys/master-key-file.ts',
]

/** Node.js's own parts that the pure layers may use. */
const nodeParts: Record<string, readonly string[]> = {
  model: [],
  errors: [],
  domain: [],
  crypto: [
    'node:crypto',
    'node:util',
    '@peculiar/asn1-schema',
    '@peculiar/asn1-x509',
    '@simplewebauthn/server',
    '@simplewebauthn/server/helpers',
  ],
  interface: ['node:crypto'],
  context: [],
  clock: [],
  random: ['node:crypto'],
  flows: ['node:crypto'],
  operations: [],
}

const shown = ({ from, to }: Import) => `${from} -> ${to}`

describe('the layers of src/', () => {
  it('are read from a tree of files', () => {
    expect(files.length).toBeGreaterThan(150)
    expect(own.length).toBeGreaterThan(400)
  })

  it('are all known', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => allowed[layer] === undefined)).toEqual([])
  })

  it('import only what lies below them', () => {
    const wrong = own.filter(({ from, to }) => layerOf(from) !== layerOf(to) && !allowed[layerOf(from)]?.includes(layerOf(to)))
    expect(wrong.map(shown).filter((edge) => !exceptions.includes(edge))).toEqual([])
  })

  it('take from Node.js and from packages only what their layer may', () => {
    const outside = imports.filter(({ to }) => !textOf.has(to) && !to.endsWith('.json'))
    expect(outside.length).toBeGreaterThan(50)
    const wrong = outside.filter(({ from, to }) => nodeParts[layerOf(from)]?.includes(to) === false)
    expect(wrong.map(shown)).toEqual([])
  })

  it('name implementations only where the parts are put together', () => {
    const isImplementation = (path: string) => implementing.includes(layerOf(path))
    const wrong = own.filter(({ from, to }) => isImplementation(to) && layerOf(from) !== layerOf(to) && !composing.includes(from))
    expect(wrong.map(shown).filter((edge) => !exceptions.includes(edge))).toEqual([])
  })

  it('keep operations apart, except within a resource folder', () => {
    const wrong = own.filter(
      ({ from, to }) =>
        from.startsWith('operations/') &&
        to.startsWith('operations/') &&
        from !== 'operations/index.ts' &&
        to !== 'operations/operation.ts' &&
        dirname(from) !== dirname(to),
    )
    expect(wrong.map(shown)).toEqual([])
  })

  it('have no import cycle, not even of types', () => {
    const edges = Map.groupBy(own, ({ from }) => from)
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'open') cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      if (state.has(path)) return
      state.set(path, 'open')
      for (const { to } of edges.get(path) ?? []) visit(to, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of files) visit(path, [])
    expect(cycles).toEqual([])
  })
})

describe('time and entropy', () => {
  const time = /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bperformance\.(?:now|timeOrigin)\b|\bhrtime\b/
  const entropy =
    /\bMath\.random\b|\brandom(?:Bytes|UUID|Int|Fill|FillSync)\b|\bgetRandomValues\b|\bgenerate(?:Key|KeyPair|Prime)(?:Sync)?\b/
  const findings = (pattern: RegExp, except: readonly string[]) =>
    files
      .filter((path) => !except.includes(path))
      .flatMap((path) => {
        const found = pattern.exec(withoutComments(textOf.get(path) ?? ''))
        return found ? [`${path}: ${found[0]}`] : []
      })

  it('are found where they belong', () => {
    expect(findings(time, [])).toContain('clock.ts: Date.now')
    expect(findings(entropy, [])).toContain('random.ts: randomBytes')
  })

  it('time is read in clock.ts alone', () => {
    expect(findings(time, ['clock.ts'])).toEqual([])
  })

  it('entropy is read in random.ts, and for RSA keys in crypto/rsa-key.ts, alone', () => {
    expect(findings(entropy, ['random.ts', 'crypto/rsa-key.ts'])).toEqual([])
  })

  it('rules know neither dates nor the process', () => {
    const pure = files.filter((path) => rules.includes(layerOf(path)))
    expect(pure.filter((path) => /\bDate\b|\bprocess\./.test(withoutComments(textOf.get(path) ?? '')))).toEqual([])
  })
})

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
