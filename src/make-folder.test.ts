import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'poolhouse-folder-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

describe('a folder', () => {
  it('is made for its owner alone, as are those above it, and left alone when it is there', () => {
    const folder = join(base, 'a', 'b')
    makeFolder(folder)
    makeFolder(folder)
    for (const path of [folder, join(base, 'a')]) expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('is refused where there is a file', () => {
    writeFileSync(join(base, 'file'), '')
    expect(() => makeFolder(join(base, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(() => makeFolder(join(base, 'file', 'below'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }))
  })

  it.skipIf(process.platform !== 'linux')('is refused where nothing can be made in what is there', () => {
    expect(() => makeFolder('/proc/poolhouse/data')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})
