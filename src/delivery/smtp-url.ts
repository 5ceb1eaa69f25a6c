/** A mail server as a URL names it. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `wrapped`: TLS from the first byte; `required`: STARTTLS or nothing; `offered`: STARTTLS where the server has it; `off`: never. */
  readonly tls: 'wrapped' | 'required' | 'offered' | 'off'
  readonly auth?: { readonly user: string; readonly pass: string } | undefined
}

const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|::1)$/

/**
 * Reads `smtps://user:password@host:465` or `smtp://host:587`. Without `smtps` STARTTLS is required, except on the loopback
 * interface, or where the URL ends in `?tls=off`, which in turn takes no password. No fault sentence repeats the URL: it may hold a password.
 */
export const parseSmtpUrl = (text: string): SmtpServer | { readonly fault: string } => {
  if (!URL.canParse(text))
    return { fault: 'The address of the mail server is no URL; it looks like smtps://user:password@mail.example.com:465.' }
  const url = new URL(text)
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')
    return { fault: 'The address of the mail server begins with smtp:// or smtps://.' }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === '') return { fault: 'The address of the mail server names no host.' }
  if ((url.pathname !== '' && url.pathname !== '/') || url.hash !== '' || (url.search !== '' && url.search !== '?tls=off'))
    return { fault: 'Nothing may follow host and port in the address of the mail server, except ?tls=off.' }
  const auth = credentials(url)
  if (auth === 'unreadable')
    return { fault: 'User name and password in the address of the mail server stand together, special characters percent-encoded.' }
  const tls = tlsMode(url, host)
  if (tls === undefined) return { fault: 'smtps:// and ?tls=off contradict each other.' }
  if (tls === 'off' && auth && !loopback.test(host))
    return { fault: 'A password is not sent to a mail server without TLS; remove ?tls=off.' }
  return { host, port: url.port === '' ? (tls === 'wrapped' ? 465 : 587) : Number(url.port), tls, auth }
}

const tlsMode = (url: URL, host: string): SmtpServer['tls'] | undefined => {
  const off = url.search !== ''
  if (url.protocol === 'smtps:') return off ? undefined : 'wrapped'
  if (off) return 'off'
  return loopback.test(host) ? 'offered' : 'required'
}

const credentials = ({ username, password }: URL): SmtpServer['auth'] | 'unreadable' => {
  if (username === '' && password === '') return undefined
  try {
    const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    return auth.user && auth.pass ? auth : 'unreadable'
  } catch {
    return 'unreadable'
  }
}
