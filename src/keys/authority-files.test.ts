import { X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { type LocalAuthority, openAuthority, passingAuthority } from './authority-files.ts'

let root = ''
let folder = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'authority-files-'))
  folder = join(root, 'poolhouse', 'ca')
})
afterEach(() => rm(root, { recursive: true }))

const open = (names: readonly string[] = [], now = systemClock.now()) =>
  openAuthority(folder, { names, clock: { now: () => now }, random: systemRandom })
const opened = async (names?: readonly string[], now?: number): Promise<LocalAuthority> => {
  const found = await open(names, now)
  if ('fault' in found) throw new Error(found.fault)
  return found
}
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('openAuthority', () => {
  it('makes an authority for ten years whose key is its owner’s alone, and keeps it', async () => {
    const now = systemClock.now()
    const first = await opened([], now)
    expect(first.path).toBe(join(folder, 'authority.pem'))
    expect(await readdir(folder)).toEqual(['authority.key', 'authority.pem'])
    expect(await Promise.all([folder, join(folder, 'authority.key'), first.path ?? ''].map(modeOf))).toEqual([0o700, 0o600, 0o644])
    const { validFromDate, validToDate } = new X509Certificate(first.certificate)
    expect(validFromDate.getTime()).toBeLessThan(now)
    expect((validToDate.getTime() - now) / 86_400_000).toBeCloseTo(3652, 1)
    const second = await opened()
    expect(second.certificate).toBe(first.certificate)
    expect(second.key.equals(first.key)).toBe(true)
  })

  it('makes one for 20 that start at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => opened()))
    expect(new Set(all.map(({ certificate }) => certificate)).size).toBe(1)
    expect(await readdir(folder)).toHaveLength(2)
  })

  it('has another one for other names, in whatever order they come', async () => {
    const plain = await opened()
    const named = await opened(['b.test', 'a.test'])
    expect(named.certificate).not.toBe(plain.certificate)
    expect((await opened(['a.test', 'b.test'])).certificate).toBe(named.certificate)
    expect((await opened(['a.test'])).certificate).not.toBe(named.certificate)
  })

  it('says what is wrong with its files, and never replaces them', async () => {
    const { path = '' } = await opened()
    const keyPath = join(folder, 'authority.key')
    const key = await readFile(keyPath)
    await chmod(keyPath, 0o644)
    expect(await open()).toEqual({ fault: expect.stringContaining(`Run: chmod 600 ${keyPath}`) })
    await chmod(keyPath, 0o600)
    expect(await open([], systemClock.now() + 3653 * 86_400_000)).toEqual({
      fault: expect.stringMatching(/expired on .* Remove the folder/),
    })
    await writeFile(keyPath, 'precious')
    expect(await open()).toEqual({ fault: expect.stringContaining(`${keyPath} holds no private key.`) })
    expect(await readFile(keyPath, 'utf8')).toBe('precious')
    await writeFile(keyPath, key)
    const { certificate } = await opened(['other.test'])
    await writeFile(path, certificate)
    expect(await open()).toEqual({ fault: expect.stringContaining(`${path} does not belong to the key beside it.`) })
    await writeFile(path, 'nothing')
    expect(await open()).toEqual({ fault: expect.stringContaining(`${path} holds no certificate.`) })
  })

  it('says where to when the folder can not be made', async () => {
    await writeFile(join(root, 'poolhouse'), '')
    expect(await open()).toEqual({ fault: expect.stringContaining(`can't be kept in ${folder} (ENOTDIR). Set XDG_DATA_HOME`) })
  })
})

it('makes an authority that nobody keeps', async () => {
  const options = { names: [], clock: systemClock, random: systemRandom }
  const [one, other] = await Promise.all([passingAuthority(options), passingAuthority(options)])
  expect(one.path).toBeUndefined()
  expect(one.certificate).not.toBe(other.certificate)
})
