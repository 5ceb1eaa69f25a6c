import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node-24.mjs'

/** Where the build notes what it was made from. */
export const stampFile = join(root, 'dist', '.stamp')

/** Changes whenever a source of dist/ does: path, size and time of each, because reading them all would cost every start. */
export const sourceDigest = () => {
  const hash = createHash('sha256')
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  const visit = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === 'node_modules') continue
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`)
      else if (!entry.name.endsWith('.test.ts')) add(`${folder}/${entry.name}`)
    }
  }
  for (const path of ['package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/build-console.mjs']) add(path)
  visit('src')
  visit('console')
  return hash.digest('hex')
}

/** Whether dist/ was built from the sources as they are. */
export const isBuilt = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceDigest()
