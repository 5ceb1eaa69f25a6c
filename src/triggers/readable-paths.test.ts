import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readablePaths } from './readable-paths.ts'

let root = ''
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'readable-')))
  for (const folder of ['app/fn/node_modules', 'app/fn/deep/data', 'app/node_modules', 'app/.poolhouse']) {
    await mkdir(join(root, folder), { recursive: true })
  }
  for (const file of ['app/package.json', 'app/fn/fn.ts', 'app/fn.ts', 'app/poolhouse.yaml', 'app/fn/deep/other.ts']) {
    await writeFile(join(root, file), '')
  }
})
afterEach(() => rm(root, { recursive: true }))

const readable = (file: string, ...hidden: string[]) =>
  readablePaths(
    join(root, file),
    hidden.map((path) => join(root, path)),
  )
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length + 1))
    .sort()

describe('readablePaths', () => {
  it('are the folder of the module and the packages above', () => {
    expect(readable('app/fn/fn.ts')).toEqual(['app/fn', 'app/fn/node_modules', 'app/node_modules', 'app/package.json'])
    expect(readable('app/fn/fn.ts', 'app/.poolhouse', 'app/poolhouse.yaml')).toEqual(readable('app/fn/fn.ts'))
  })

  it('are everything but what is hidden, where that lies in the folder', () => {
    const expected = ['app/fn', 'app/fn.ts', 'app/node_modules', 'app/package.json']
    expect([...new Set(readable('app/fn.ts', 'app/.poolhouse', 'app/poolhouse.yaml'))].sort()).toEqual(expected)
    expect(readable('app/fn/fn.ts', 'app/fn/deep/data')).toEqual([
      'app/fn/deep/other.ts',
      'app/fn/fn.ts',
      'app/fn/node_modules',
      'app/fn/node_modules',
      'app/node_modules',
      'app/package.json',
    ])
  })

  it('are the other packages where one is hidden, and nothing of a folder that is hidden itself', async () => {
    await mkdir(join(root, 'app/node_modules/tool'))
    expect(readable('app/fn/fn.ts', 'app/node_modules/data')).toContain('app/node_modules/tool')
    expect(readable('app/fn/fn.ts', 'app/node_modules/data')).not.toContain('app/node_modules')
    expect(readable('app/fn/fn.ts', 'app')).toEqual([])
  })

  it('hide where a link leads', async () => {
    await symlink(join(root, 'app/fn/deep/data'), join(root, 'data'))
    expect(readable('app/fn/fn.ts', 'data')).not.toContain('app/fn')
  })
})
