import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNode } from './run-node.ts'

/** A copy of a build, of this clone's where none is named, so that a build in the meantime does not change what is measured. */
export const takeBuild = async (folder: string, named: string | undefined): Promise<string> => {
  const dist = join(folder, 'dist')
  const { isBuilt } = (await import(join(root, 'scripts/freshness.mjs'))) as { isBuilt(): boolean }
  if (named === undefined && !isBuilt()) runNode('scripts/build.mjs', '--types')
  cpSync(named ?? join(root, 'dist'), dist, { recursive: true, filter: (path) => !path.endsWith('.cache') })
  return dist
}
