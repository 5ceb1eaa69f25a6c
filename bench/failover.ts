// Three servers on PostgreSQL under pg_auto_failover (a monitor, a primary, two synchronous standbys), each database machine in a network
// namespace of its own, while servers and databases are killed and cut off: `npm run failover`. Prints for each trial how long no change was
// acknowledged, and ends with 1 when an acknowledged change is lost or half-done, or tokens were given that should not be. Runs as root on
// Linux. `--only NAME` does one trial, `--defaults` leaves pg_auto_failover its own patience.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failoverPrograms } from './failover/programs.ts'

const lacking = (): string | undefined => {
  if (process.platform !== 'linux') return 'It needs Linux: machines are network namespaces.'
  if (process.getuid?.() !== 0) return 'It needs root, to make network namespaces: sudo npm run failover.'
  const missing = ['unshare', 'setpriv', 'ip', 'bridge', 'pg_autoctl'].filter((name) => !isProgram(name))
  if (missing.length === 0 && failoverPrograms() !== undefined) return undefined
  return `It needs ${missing.join(', ') || 'a PostgreSQL with pg_auto_failover'}. On Debian 12: apt-get install iproute2 util-linux postgresql-15-auto-failover pg-auto-failover-cli`
}

const isProgram = (name: string): boolean =>
  `${process.env['PATH']}:/usr/sbin:/sbin`.split(':').some((folder) => existsSync(join(folder, name)))

const fault = lacking()
if (fault !== undefined) {
  process.stderr.write(`${fault}\n`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-failover-'))
chmodSync(folder, 0o755)
// Bridges, namespaces, mounts and processes stand in namespaces of this child, and end with it whatever happens.
// A shell as the first process: what a killed keeper leaves behind has to be waited for by somebody.
const child = spawn(
  'unshare',
  [
    ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--'],
    ...['sh', '-c', 'mount -t tmpfs tmpfs /run && "$@"; exit $?', 'sh'],
    ...[process.execPath, fileURLToPath(new URL('failover-trials.ts', import.meta.url)), folder, ...process.argv.slice(2)],
  ],
  {
    // Its standard input ends with this process, however that ends.
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, TMPDIR: folder },
  },
)
let stoppedBy: NodeJS.Signals | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stoppedBy = signal
    child.kill('SIGKILL')
  })
}
child.once('exit', (code) => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  if (stoppedBy !== undefined) process.stderr.write(`stopped by ${stoppedBy}; everything is removed\n`)
  process.exitCode = code ?? 1
})
