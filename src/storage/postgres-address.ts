/** One server of a PostgreSQL address, and what is asked of all of them. */
export interface PostgresAddress {
  /** Each as a URL of one host, in the order in which they are tried. */
  readonly urls: readonly string[]
  /** What may be shown: hosts and database, without the password. */
  readonly shown: string
}

const form = /^(postgres(?:ql)?:\/\/)((?:[^@/?#]*@)?)([^/?#]+)(\/[^?#]*)?(\?[^#]*)?$/

const hostForm = /^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?$/

/**
 * Reads `postgres://user:password@host:port,host:port/database?...` (libpq, "Connection URIs": several hosts are tried in turn). Answers
 * a sentence when it is none.
 */
export const readPostgresAddress = (text: string): PostgresAddress | { readonly fault: string } => {
  const match = form.exec(text)
  if (match === null) return { fault: 'A database address looks like postgres://user:password@host:5432/database.' }
  const [, scheme = '', user = '', hosts = '', path = '', query = ''] = match
  const list = hosts.split(',')
  const wrong = list.find((host) => !hostForm.test(host))
  if (wrong !== undefined)
    return { fault: `A database address has host or host:port, several with commas between them; "${wrong}" is none.` }
  if (path.length < 2) return { fault: 'A database address names the database after the host: postgres://host:5432/database.' }
  const shownUser = user === '' ? '' : `${user.slice(0, -1).split(':', 1)[0]}@`
  return { urls: list.map((host) => `${scheme}${user}${host}${path}${query}`), shown: `${scheme}${shownUser}${hosts}${path}` }
}
