import { isLoopback } from '../../domain/is-loopback.ts'
import { ConfigError } from '../../server/config.ts'
import { bareHost } from './http.ts'

/** Whether whoever is on the way to an address can read what is sent there: http, and not to this machine. */
export const isReadable = (url: URL): boolean => url.protocol === 'http:' && !isLoopback(bareHost(url))

/**
 * The address of a server as a flag gives it, without a slash at its end. Throws ConfigError, which repeats nothing but the origin, for what
 * is none, for one that holds a password, and for plain http to another machine unless somebody allowed that with `--insecure`.
 */
export const serverUrl = (flag: string, given: string, { insecure }: { readonly insecure: boolean }): string => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isFit = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (!isFit) throw new ConfigError(`${flag} must be an address such as https://id.example.com or http://localhost:9339.`)
  if (url.username !== '' || url.password !== '') throw new ConfigError(`${flag} must hold no password.`)
  if (isReadable(url) && !insecure) {
    throw new ConfigError(
      `${flag} is ${url.origin}: over plain http everybody on the way can read passwords, secrets and tokens. Use https, or add --insecure in a network that you trust.`,
    )
  }
  return url.href.replace(/\/+$/, '')
}
