import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { byteMembers, timeMembers } from '../../console/src/api/wire.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = join(root, 'console/src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path))
const textOf = (path: string) => readFileSync(join(source, path), 'utf8')

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const imports: Import[] = files.flatMap((from) =>
  [...textOf(from).matchAll(/^import (type )?[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    ([, type, named, bare, dynamic]) => {
      const name = named ?? bare ?? dynamic ?? ''
      return { from, to: name.startsWith('.') ? relative(root, join(source, dirname(from), name)) : name, isType: type !== undefined }
    },
  ),
)
const shown = ({ from, to }: Import) => `${from} -> ${to}`

/** What a folder of the console may import from the console besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  api: [],
  router: ['api'],
  hooks: ['api', 'shell', 'router'],
  shell: ['api', 'hooks', 'router', 'routes', 'routes.ts', 'components'],
  components: ['api', 'hooks', 'router', 'shell'],
  // The groups of a pool's settings, which pages put together.
  settings: ['api', 'hooks', 'router', 'shell', 'components'],
  pages: ['api', 'hooks', 'router', 'shell', 'components', 'settings'],
  routes: ['pages', 'router', 'api'],
  'routes.ts': ['routes'],
  'app.tsx': ['shell'],
  'main.tsx': ['app.tsx', 'shell', 'base.css'],
}
const layerOf = (path: string) => path.split('/')[0] ?? ''

describe('the code of the console', () => {
  it('is read from a tree of files', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(imports.length).toBeGreaterThan(150)
  })

  it('takes from the server only types and pure rules', () => {
    const outside = imports.filter(({ to }) => to.startsWith('src/'))
    expect(outside.length).toBeGreaterThan(5)
    const wrong = outside.filter(({ to, isType }) => !(to === 'src/model/types.gen.ts' && isType) && !/^src\/(?:domain|postman)\//.test(to))
    expect(wrong.map(shown)).toEqual([])
  })

  it('imports downwards: pages know components, components no pages', () => {
    const own = imports
      .filter(({ to }) => to.startsWith('console/src/'))
      .map((one) => ({ ...one, to: one.to.slice('console/src/'.length) }))
    const wrong = own.filter(({ from, to }) => layerOf(from) !== layerOf(to) && !allowed[layerOf(from)]?.includes(layerOf(to)))
    expect(wrong.map(shown)).toEqual([])
  })

  it('keeps pages apart', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('pages/') && /^console\/src\/pages\/[^/]+\.tsx$/.test(to))
    expect(wrong.map(shown)).toEqual([])
  })

  it('shows every file of a page, each under one name', () => {
    const shownBy = (page: string) => imports.filter(({ to }) => to === `console/src/${page}`).map(({ from }) => from)
    const pages = files.filter((path) => /^pages\/[^/]+\.tsx$/.test(path))
    expect(pages.length).toBeGreaterThan(40)
    expect(pages.filter((page) => shownBy(page).length === 0 || !shownBy(page).every((from) => from.startsWith('routes/')))).toEqual([])
    const table = imports.filter(({ from }) => from === 'routes.ts').map(({ to }) => to.slice('console/src/'.length))
    expect(table.sort()).toEqual(files.filter((path) => path.startsWith('routes/')).sort())
  })

  it('loads the design system component by component, and nothing that is not in its manifest', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'console/package.json'), 'utf8')) as { dependencies: Record<string, string> }
    const packages = imports.filter(({ to }) => !/^(console|src)\//.test(to))
    const wrong = packages.filter(({ to }) => {
      const name = to.split('/', to.startsWith('@') ? 2 : 1).join('/')
      return !(name in manifest.dependencies) || to === '@cloudscape-design/components'
    })
    expect(wrong.map(shown)).toEqual([])
  })

  it('writes no markup by hand', () => {
    expect(files.filter((path) => /dangerouslySetInnerHTML|innerHTML|\beval\(|new Function/.test(textOf(path)))).toEqual([])
  })

  it('says what every export promises', () => {
    const silent = files.flatMap((path) => {
      const lines = textOf(path).split('\n')
      return lines.flatMap((line, at) =>
        /^export (const|function|class|interface|type) \w/.test(line) && !/\*\/\s*$/.test(lines[at - 1] ?? '')
          ? [`${path}: ${line.slice(0, 60)}`]
          : [],
      )
    })
    expect(silent).toEqual([])
  })
})

describe('the wire of the console', () => {
  interface Shape {
    readonly type: string
    readonly members?: Readonly<Record<string, { readonly shape: string }>>
  }
  const { shapes } = JSON.parse(readFileSync(join(root, 'src/model/cognito-idp.json'), 'utf8')) as { shapes: Record<string, Shape> }
  const membersOf = (wanted: string) => {
    const members = Object.values(shapes).flatMap(({ members = {} }) => Object.entries(members))
    const of = (type: (type: string | undefined) => boolean) =>
      members.filter(([, { shape }]) => type(shapes[shape]?.type)).map(([name]) => name)
    const found = new Set(of((type) => type === wanted))
    return { found: [...found].sort(), others: of((type) => type !== wanted).filter((name) => found.has(name)) }
  }

  it.each([
    ['timestamp', timeMembers],
    ['blob', byteMembers],
  ])('knows every %s of the model by its name, which nothing else has', (type, known) => {
    const { found, others } = membersOf(type)
    expect(found).toEqual([...known].sort())
    expect(others).toEqual([])
  })
})

describe('the built console', () => {
  const built = join(root, 'dist/console')
  const scriptsOf = (text: string) => [...text.matchAll(/(?:src|href)="\.\/(assets\/[\w.-]+\.js)"/g)].map(([, name = '']) => name)
  const importsOf = (name: string): string[] => {
    const text = plain(name)
    return [...text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, to = '']) => `assets/${to}`)
  }
  const plain = (name: string) => brotliDecompressSync(readFileSync(join(built, `${name}.br`))).toString('utf8')

  it('is there', () => {
    expect(existsSync(join(built, 'index.html')), 'run npm run build').toBe(true)
  })

  it('names every file but the page and its icon after its contents, and has each compressed only', () => {
    const names = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(built, path)).isFile())
    expect(names.length).toBeGreaterThan(10)
    const strange = names.filter((path) => !/^(index\.html|favicon\.svg\.br|assets\/[\w.-]+-[\w-]{8}\.(js|css)\.br)$/.test(path))
    expect(strange).toEqual([])
  })

  it('needs at most 350 kB of compressed scripts for any first page', () => {
    const start = scriptsOf(readFileSync(join(built, 'index.html'), 'utf8'))
    expect(start.length).toBeGreaterThan(0)
    const whole = (names: readonly string[]) => {
      const seen = new Set<string>()
      const visit = (name: string) => {
        if (seen.has(name)) return
        seen.add(name)
        for (const next of importsOf(name)) visit(next)
      }
      for (const name of names) visit(name)
      return [...seen].reduce((sum, name) => sum + statSync(join(built, `${name}.br`)).size, 0)
    }
    const pages = readdirSync(join(built, 'assets')).filter((name) => /-page-[\w-]{8}\.js\.br$/.test(name))
    expect(pages.length).toBeGreaterThan(5)
    const sizes = pages.map((name) => [name, whole([...start, `assets/${name.slice(0, -3)}`])] as const)
    expect(sizes.filter(([, size]) => size > 350_000)).toEqual([])
    expect(Math.min(...sizes.map(([, size]) => size))).toBeGreaterThan(100_000)
  })

  it('loads at most 150 kB of compressed scripts in any file that comes later', () => {
    const start = scriptsOf(readFileSync(join(built, 'index.html'), 'utf8')).map((name) => `${name}.br`)
    const later = readdirSync(join(built, 'assets'))
      .map((name) => `assets/${name}`)
      .filter((name) => name.endsWith('.js.br') && !start.includes(name))
    expect(later.length).toBeGreaterThan(10)
    const sizes = later.map((name) => [name, statSync(join(built, name)).size] as const)
    expect(sizes.filter(([, size]) => size > 150_000)).toEqual([])
  })
})
