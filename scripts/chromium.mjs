import { spawnSync } from 'node:child_process'

const works = (command, ...options) => spawnSync(command, options, { stdio: 'ignore' }).status === 0

/**
 * Sees to it that there is a `chromium` for the browser tests: installs Debian's when it is missing and may be installed, and
 * otherwise says how. Tests that need it skip themselves when it is not there, but not where `CI` is set: there the run fails.
 */
export const ensureChromium = () => {
  if (works('chromium', '--version')) return
  const command = 'apt-get install --yes --no-install-recommends chromium'
  if (process.getuid?.() === 0 && works('apt-get', '--version')) {
    process.stderr.write('poolhouse: installing chromium for the browser tests (once) ...')
    const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0']
    const options = { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', [...quiet, 'update'], options)
    const { status, stderr } = spawnSync('apt-get', [...quiet, ...command.split(' ').slice(1)], options)
    process.stderr.write(status === 0 ? ' done\n' : ` failed\n${stderr}`)
    if (status === 0) return
  }
  // Where nobody watches, a run without them would look like one with them.
  if (process.env.CI) {
    console.error(`poolhouse: there is no chromium for the browser tests. Get it with: sudo ${command}`)
    process.exit(1)
  }
  console.error(`poolhouse: the browser tests are skipped because there is no chromium. Get it with: sudo ${command}`)
}
