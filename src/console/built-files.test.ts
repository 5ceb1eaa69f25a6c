import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBuiltFiles } from './built-files.ts'

let folder = ''
const built = () => createBuiltFiles(pathToFileURL(`${folder}/console/`))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-console-'))
  await mkdir(join(folder, 'console/assets'), { recursive: true })
  await writeFile(join(folder, 'console/index.html'), '<p>page</p>')
  await writeFile(join(folder, 'console/assets/index-a1b2.js.br'), brotliCompressSync('plain'))
  await writeFile(join(folder, 'console/favicon.svg.br'), brotliCompressSync('<svg/>'))
  await writeFile(join(folder, 'secret.js.br'), brotliCompressSync('secret'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the built files', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['GZIP', 'gzip'],
  ] as const)('come as the client takes them (%s)', async (accepted, coding) => {
    const file = await built().file('assets/index-a1b2.js', accepted)
    expect(file?.headers).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': coding,
      vary: 'accept-encoding',
    })
    const read = { br: brotliDecompressSync, gzip: gunzipSync }[coding] ?? expect.fail(coding)
    expect(read(file?.body ?? '').toString()).toBe('plain')
  })

  it.each([undefined, '', 'identity', 'gzip;q=0'])('come plain to clients that take nothing else (%s)', async (accepted) => {
    const file = await built().file('assets/index-a1b2.js', accepted)
    expect([file?.headers['content-encoding'], String(file?.body)]).toEqual([undefined, 'plain'])
  })

  it('are asked for again where the name says nothing of the contents', async () => {
    expect((await built().file('favicon.svg', 'br'))?.headers['cache-control']).toBe('public, max-age=3600')
  })

  it.each([
    'assets/index-c3.js',
    'assets/../secret.js',
    '../secret.js',
    'secret.js',
    'assets/',
    'assets/index-a1b2.js.br',
    'assets/%2e%2e/x.js',
    'index.html',
  ])('are no others: %s', async (name) => {
    expect(await built().file(name, 'gzip')).toBeUndefined()
  })

  it('tell when nothing was built', async () => {
    expect(await built().page()).toBe('<p>page</p>')
    const nothing = createBuiltFiles(pathToFileURL(`${folder}/none/`))
    expect([await nothing.page(), await nothing.file('assets/index-a1b2.js', 'br')]).toEqual([undefined, undefined])
  })
})
