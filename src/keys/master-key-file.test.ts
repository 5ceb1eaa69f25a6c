import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemRandom } from '../random.ts'
import { openDevMasterKey, readMasterKeyFile } from './master-key-file.ts'

const key = createHash('sha256').update('some key').digest()
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'))
})
afterEach(() => rm(folder, { recursive: true }))

const put = async (mode: number, text = key.toString('base64')): Promise<string> => {
  const path = join(folder, 'key')
  await writeFile(path, text)
  await chmod(path, mode)
  return path
}

describe('readMasterKeyFile', () => {
  it.each([0o600, 0o400])('reads a file of mode %o', async (mode) => {
    expect(await readMasterKeyFile(await put(mode))).toEqual({ key })
  })

  it.each([0o644, 0o640, 0o660, 0o604, 0o602, 0o700, 0o4600])('refuses mode %o and says how to repair it', async (mode) => {
    const path = await put(mode)
    const fault = `has mode ${mode.toString(8).padStart(4, '0')}; it must be readable by its owner alone. Run: chmod 600 ${path}`
    expect(await readMasterKeyFile(path)).toEqual({ fault: expect.stringContaining(fault) })
  })

  it('follows a link to the file that counts', async () => {
    const link = join(folder, 'link')
    await symlink(await put(0o644), link)
    expect(await readMasterKeyFile(link)).toHaveProperty('fault')
    await chmod(join(folder, 'key'), 0o600)
    expect(await readMasterKeyFile(link)).toEqual({ key })
  })

  it('names the path in every fault', async () => {
    const missing = join(folder, 'missing')
    expect(await readMasterKeyFile(missing)).toEqual({ fault: `There is no master key file at ${missing}.` })
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', ['-m', '600', pipe])
    for (const path of [folder, pipe])
      expect(await readMasterKeyFile(path)).toEqual({ fault: `The master key ${path} is not a regular file.` })
    const big = await put(0o600, 'A'.repeat(5000))
    expect(await readMasterKeyFile(big)).toEqual({ fault: expect.stringContaining(`${big} is too big`) })
    const short = await put(0o600, key.toString('base64').slice(0, 20))
    expect(await readMasterKeyFile(short)).toEqual({ fault: expect.stringContaining(`${short}: The master key has 15 bytes`) })
  })
})

describe('openDevMasterKey', () => {
  it('makes a key for its owner alone, and keeps it', async () => {
    const data = join(folder, 'data')
    await mkdir(data)
    const first = await openDevMasterKey(data, systemRandom)
    expect(first).toHaveProperty('key')
    expect(await openDevMasterKey(data, systemRandom)).toEqual(first)
    expect((await stat(join(data, 'master.key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(data)).toEqual(['master.key'])
  })

  it('makes one key for 20 that start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => openDevMasterKey(folder, systemRandom)))
    expect(new Set(keys.map((made) => JSON.stringify(made))).size).toBe(1)
    expect(keys[0]).toHaveProperty('key')
    expect(await readdir(folder)).toEqual(['master.key'])
  })

  it('never replaces a file that it can not use', async () => {
    await writeFile(join(folder, 'master.key'), 'precious', { mode: 0o600 })
    expect(await openDevMasterKey(folder, systemRandom)).toHaveProperty('fault')
    expect(await readFile(join(folder, 'master.key'), 'utf8')).toBe('precious')
  })
})
