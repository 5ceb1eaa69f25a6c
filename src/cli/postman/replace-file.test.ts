import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replaceFile } from './replace-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-replace-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const place = (name: string) => join(folder, name)

describe('replaceFile', () => {
  it('replaces a link and leaves alone what it leads to', async () => {
    await writeFile(place('theirs'), 'kept')
    await symlink(place('theirs'), place('environment'))
    await replaceFile(place('environment'), 'secret', { mode: 0o600, suffix: 'a' })
    expect(readFileSync(place('theirs'), 'utf8')).toBe('kept')
    const stat = lstatSync(place('environment'))
    expect([stat.isSymbolicLink(), stat.mode & 0o777, readFileSync(place('environment'), 'utf8')]).toEqual([false, 0o600, 'secret'])
  })

  it('gives the mode to a file that was there with another one', async () => {
    await writeFile(place('open'), 'old', { mode: 0o644 })
    await replaceFile(place('open'), 'new', { mode: 0o600, suffix: 'a' })
    expect([lstatSync(place('open')).mode & 0o777, readFileSync(place('open'), 'utf8')]).toEqual([0o600, 'new'])
  })

  it('writes through no link that waits under its temporary name, and leaves nothing behind', async () => {
    await symlink(place('theirs'), place('trap.a.tmp'))
    await expect(replaceFile(place('trap'), 'secret', { mode: 0o600, suffix: 'a' })).rejects.toThrow('EEXIST')
    await mkdir(place('folder'))
    await expect(replaceFile(place('folder'), 'secret', { mode: 0o600, suffix: 'a' })).rejects.toThrow()
    expect(readFileSync(place('theirs'), 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual(['trap.a.tmp'])
  })
})
