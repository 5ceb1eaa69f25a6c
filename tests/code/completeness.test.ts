import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { guesses } from '../../scripts/compatibility-page.ts'
import { operations } from '../../src/operations/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const src = join(root, 'src')

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : [path]
  })

const folders = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(folder, name), ...folders(join(folder, name))])

const sources = files(src).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))

describe('the code', () => {
  it('has a test beside every operation', () => {
    const operationFiles = sources.filter((path) => /: Operation<'/.test(readFileSync(path, 'utf8')))
    expect(operationFiles.length).toBe(Object.keys(operations).length)
    const untested = operationFiles.filter((path) => !existsSync(path.replace(/\.ts$/, '.test.ts')))
    expect(untested.map((path) => relative(src, path))).toEqual([])
  })

  it('is driven by the AWS SDK, every operation of it', () => {
    const drivers = ['conformance', 'support'].flatMap((folder) => files(join(root, 'tests', folder)))
    const text = drivers.map((path) => readFileSync(path, 'utf8')).join('\n')
    const sent = new Set([...text.matchAll(/\b(?:new (?:sdk\.)?(\w+)Command|sdk\.paginate(\w+))\(/g)].map(([, one, pages]) => one ?? pages))
    expect(sent.size).toBeGreaterThan(90)
    expect(Object.keys(operations).filter((name) => !sent.has(name))).toEqual([])
  })

  it('has a sentence in ARCHITECTURE.md for every folder', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const unnamed = folders(src)
      .map((path) => relative(src, path))
      .filter((path) => !text.includes(`\`${path}\``) && !text.includes(`\`${path.replace('operations/', '')}\``))
    expect(unnamed).toEqual([])
    expect(text.split('\n').length).toBeLessThanOrEqual(150)
  })

  it('uses every maker of a well-known refusal', () => {
    const makers = [...readFileSync(join(src, 'errors.ts'), 'utf8').matchAll(/^export const (\w+) =/gm)].map(([, name = '']) => name)
    expect(makers.length).toBeGreaterThan(30)
    const others = sources.filter((path) => !path.endsWith('/errors.ts')).map((path) => readFileSync(path, 'utf8'))
    const unused = makers.filter((name) => !others.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
    expect(unused).toEqual([])
  })

  it('says every guess as `guess:` and one whole sentence', () => {
    const unmarked = sources.flatMap((path) => {
      const comments = readFileSync(path, 'utf8').match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/gm) ?? []
      return comments.filter((comment) => /\bguess\b(?!: )/i.test(comment)).map((comment) => `${relative(src, path)}: ${comment}`)
    })
    expect(unmarked).toEqual([])
    const found = guesses()
    expect(found.length).toBeGreaterThan(40)
    const isWhole = (sentence: string) =>
      /^\p{L}.*[^.]\.$/u.test(sentence) && !/[.!?] \p{Lu}/u.test(sentence) && sentence.split(' ').length >= 6
    expect(found.filter(({ sentence }) => !isWhole(sentence))).toEqual([])
  })

  it('says what every export promises', () => {
    const silent = sources
      .filter((path) => !path.endsWith('.gen.ts'))
      .flatMap((path) => {
        const lines = readFileSync(path, 'utf8').split('\n')
        return lines.flatMap((line, at) =>
          /^export (const|function|class|interface|type) \w/.test(line) && !/\*\/\s*$/.test(lines[at - 1] ?? '')
            ? [`${relative(src, path)}: ${line.slice(0, 60)}`]
            : [],
        )
      })
    expect(silent).toEqual([])
  })
})
