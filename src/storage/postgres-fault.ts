/** What a failure of PostgreSQL means for the verb that met it. */
export type PostgresFault = 'try again' | 'connection lost' | 'statement failed'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const conflicts = new Set(['40001', '40P01', '55P03'])
// Read-only after a failover, shut down by the administrator or a crash, not ready yet, too many connections.
const lost = new Set(['25006', '57P01', '57P02', '57P03', '57P05', '53300', '25P03'])
const network = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
])
// node-postgres's own words where a connection ended or stalled, which have no code.
const ended = /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exc|connection timeout)/i

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Tells failures that another try may get over from those that it won't. */
export const postgresFault = (error: unknown): PostgresFault => {
  const code = codeOf(error)
  if (conflicts.has(code)) return 'try again'
  if (lost.has(code) || code.startsWith('08') || network.has(code)) return 'connection lost'
  if (code === '' && error instanceof Error && ended.test(error.message)) return 'connection lost'
  return 'statement failed'
}
