import { isIPv6 } from 'node:net'

/** A host name or address as it stands in URLs and Host headers: IPv6 in brackets. */
export const hostInUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/** The address of a listener, without a trailing slash. */
export const listenerUrl = (host: string, port: number, scheme: 'http' | 'https' = 'http'): string =>
  `${scheme}://${hostInUrl(host)}:${port}`

/** Addresses that stand for all of the machine's; nobody can be sent to them. */
export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** The address under which this machine reaches a listener: localhost wherever that leads to it. */
export const localUrl = (host: string, port: number, scheme: 'http' | 'https' = 'http'): string =>
  listenerUrl(host === '127.0.0.1' || isWildcard(host) ? 'localhost' : host, port, scheme)
