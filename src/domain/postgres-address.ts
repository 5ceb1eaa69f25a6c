import { isLoopback } from './is-loopback.ts'

/** One server of a PostgreSQL address, and what is asked of all of them. */
export interface PostgresAddress {
  /** Each as a URL of one host, which says how TLS is used, in the order in which they are tried. */
  readonly urls: readonly string[]
  /** What may be shown: hosts and database, without the password. */
  readonly shown: string
}

const form = /^(postgres(?:ql)?:\/\/)((?:[^@/?#]*@)?)([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?$/

const hostForm = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?$/

const escaped = 'In user name and password write @ as %40, / as %2F, # as %23, ? as %3F and : as %3A.'

const example = 'postgres://user:password@host:5432/database'

const modes: Readonly<Record<string, 'disable' | 'verify-full'>> = {
  disable: 'disable',
  // What libpq calls these encrypts without proof of who the server is; nobody who asks for TLS wants that.
  require: 'verify-full',
  'verify-ca': 'verify-full',
  'verify-full': 'verify-full',
}

const isNear = (host: string): boolean => {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isLoopback(name)
}

/** Whether an address holds a password. */
export const hasPassword = (text: string): boolean => /^[^:]+:\/\/[^@/?#]*:[^@]*@/.test(text)

/**
 * Reads `postgres://user:password@host:port,host:port/database?...` (libpq, "Connection URIs": several hosts are tried in turn). The
 * connection to another machine is by TLS, with the server's certificate verified, unless `sslmode=disable` is written. Answers a sentence,
 * which repeats nothing of a password, when it is none.
 */
export const readPostgresAddress = (text: string): PostgresAddress | { readonly fault: string } => {
  const match = form.exec(text)
  if (match === null) return { fault: `A database address looks like ${example}. ${escaped}` }
  const [, scheme = '', user = '', hosts = '', path = '', query = ''] = match
  const list = hosts.split(',')
  if (!list.every((host) => hostForm.test(host)))
    return { fault: `A database address names host or host:port, several with commas between them: ${example}. ${escaped}` }
  if (path.length < 2) return { fault: `A database address names the database after the host: ${example}.` }
  const parameters = new URLSearchParams(query)
  const asked = parameters.get('sslmode')
  const mode = asked === null ? undefined : modes[asked]
  if ((asked !== null && mode === undefined) || parameters.has('ssl') || parameters.has('uselibpqcompat'))
    return { fault: 'sslmode of a database address is verify-full or disable: TLS without a verified certificate protects from nobody.' }
  const urlOf = (host: string): string => {
    parameters.set('sslmode', mode ?? (isNear(host) ? 'disable' : 'verify-full'))
    return `${scheme}${user}${host}${path}?${parameters}`
  }
  const shownUser = user === '' ? '' : `${user.slice(0, -1).split(':', 1)[0]}@`
  return { urls: list.map(urlOf), shown: `${scheme}${shownUser}${hosts}${path}` }
}
