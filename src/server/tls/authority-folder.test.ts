import { expect, it } from 'vitest'
import { authorityFolder } from './authority-folder.ts'

it.each<[Record<string, string>, NodeJS.Platform, string]>([
  [{}, 'linux', '/home/ana/.local/share/poolhouse/ca'],
  [{ XDG_DATA_HOME: '' }, 'linux', '/home/ana/.local/share/poolhouse/ca'],
  [{ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ana/.local/share/poolhouse/ca'],
  [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/poolhouse/ca'],
  [{ XDG_DATA_HOME: '/data' }, 'darwin', '/data/poolhouse/ca'],
  [{}, 'darwin', '/home/ana/Library/Application Support/poolhouse/ca'],
])('with %j on %s the authority is kept in %s', (env, platform, folder) => {
  expect(authorityFolder(env, platform, '/home/ana')).toBe(folder)
})
