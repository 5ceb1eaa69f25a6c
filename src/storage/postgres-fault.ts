/** What a failure of PostgreSQL means for the verb that met it. */
export type PostgresFault = 'try again' | 'connection lost' | 'no answer' | 'all taken' | 'statement failed'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const conflicts = new Set(['40001', '40P01', '55P03'])
// Read-only after a failover, shut down by the administrator or a crash, not ready yet; a prepared statement that a pooler's other
// connection does not know, or knows already.
const lost = new Set(['25006', '57P01', '57P02', '57P03', '57P05', '25P03', '26000', '42P05'])
const tooManyConnections = '53300'
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
// node-postgres's own words, which have no code: a connection ended, a statement's answer did not come, no connection became free.
const ended = /^(Connection terminated|Client has encountered a connection error|Client was closed|connection timeout)/i
const stalled = /^Query read timeout/i
const waited = /^timeout exceeded when trying to connect/i

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Tells failures that another try may get over from those that it won't. */
export const postgresFault = (error: unknown): PostgresFault => {
  const code = codeOf(error)
  if (conflicts.has(code)) return 'try again'
  if (lost.has(code) || code.startsWith('08') || network.has(code)) return 'connection lost'
  if (code === tooManyConnections) return 'all taken'
  if (code !== '' || !(error instanceof Error)) return 'statement failed'
  if (ended.test(error.message)) return 'connection lost'
  if (stalled.test(error.message)) return 'no answer'
  return waited.test(error.message) ? 'all taken' : 'statement failed'
}
