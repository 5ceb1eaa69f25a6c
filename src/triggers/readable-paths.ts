import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Whether a path is the folder or lies in it. */
const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep))
}

/** The folder; or, where it holds something hidden, everything in it but that. */
const withoutHidden = (folder: string, hidden: readonly string[]): string[] => {
  if (hidden.some((path) => isWithin(folder, path))) return []
  const inside = hidden.filter((path) => isWithin(path, folder))
  if (inside.length === 0) return [folder]
  return readdirSync(folder).flatMap((name) => withoutHidden(join(folder, name), inside))
}

/** Where a path really leads, if anything is there yet. */
const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

const foldersAbove = (folder: string): string[] => (dirname(folder) === folder ? [folder] : [folder, ...foldersAbove(dirname(folder))])

/**
 * What a module may read, as absolute paths: its own folder with everything below, and the node_modules and package.json of that folder
 * and of those above, where Node.js looks for packages. Nothing in `hiddenPaths` (absolute, too) is among it.
 */
export const readablePaths = (file: string, hiddenPaths: readonly string[]): string[] => {
  const folder = dirname(file)
  const hidden = hiddenPaths.map(realPath)
  const packages = foldersAbove(folder).flatMap((above) => [join(above, 'node_modules'), join(above, 'package.json')])
  return [folder, ...packages.filter((path) => existsSync(path))].flatMap((path) => withoutHidden(path, hidden))
}

/** Whether a module may read itself, that is, does not lie where nothing may be read. */
export const mayReadItself = (file: string, hiddenPaths: readonly string[]): boolean =>
  readablePaths(file, hiddenPaths).some((path) => isWithin(file, path))
