import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashFileHas, isHashLine, passwordHash } from './hash-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hash-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

const hashes = Array.from({ length: 20_000 }, (_, at) => passwordHash(`password ${at}`)).sort()

const asking = async (text: string, asked: readonly string[]): Promise<boolean[]> => {
  const path = join(folder, 'list.txt')
  await writeFile(path, text)
  const file = await open(path, 'r')
  try {
    return await Promise.all(asked.map((hash) => hashFileHas(file, text.length, hash)))
  } finally {
    await file.close()
  }
}

describe('hashFileHas', () => {
  it.each([
    ['with counts of every length', (hash: string, at: number) => `${hash}:${10 ** (at % 9)}\n`],
    ['without counts', (hash: string) => `${hash}\n`],
    ['in lower case, with the line ends of Windows', (hash: string) => `${hash.toLowerCase()}:7\r\n`],
  ])('finds every line of a sorted file, and no other: %s', async (_, line) => {
    const text = hashes.map(line).join('')
    const some = [...hashes.slice(0, 300), ...hashes.slice(9_900, 10_200), ...hashes.slice(-300)]
    expect((await asking(text, some)).every(Boolean)).toBe(true)
    const absent = Array.from({ length: 300 }, (_, at) => passwordHash(`absent ${at}`))
    expect(await asking(text, [...absent, '0'.repeat(40), 'F'.repeat(40)])).not.toContain(true)
  })

  it('finds the last line without a line end, the only one, and nothing in an empty file', async () => {
    const [first = '', second = ''] = hashes
    expect(await asking(`${first}:1\n${second}:1`, [first, second])).toEqual([true, true])
    expect(await asking(first, [first, second])).toEqual([true, false])
    expect(await asking('', [first])).toEqual([false])
  })
})

describe('isHashLine', () => {
  it('tells hashes from passwords', () => {
    expect(passwordHash('password')).toBe('5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8')
    expect(isHashLine('5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004')).toBe(true)
    expect(isHashLine('5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8\r')).toBe(true)
    expect(isHashLine('5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:')).toBe(false)
    expect(isHashLine('correct horse battery staple')).toBe(false)
  })
})
