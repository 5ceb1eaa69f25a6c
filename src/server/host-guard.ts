import { isLoopback } from '../domain/is-loopback.ts'

/**
 * Which Host headers a development server answers: loopback names and addresses, and the ones that the operator added. Without this a page that
 * somebody visits could point its own name at 127.0.0.1 and read the answers of a server that checks no signature (DNS rebinding).
 */
export const createHostGuard = (allowed: readonly string[]): ((host: string | undefined) => boolean) => {
  const names = new Set(allowed.map((name) => hostName(name) ?? name))
  return (host) => {
    const name = host === undefined ? undefined : hostName(host)
    return name !== undefined && (names.has(name) || isLoopback(name.replace(/^\[|\]$/g, '')))
  }
}

/** The same for the Origin header of a page; an opaque origin is nobody's. */
export const createOriginGuard = (allowed: readonly string[]): ((origin: string) => boolean) => {
  const answers = createHostGuard(allowed)
  return (origin) => answers(/^https?:\/\/([^/]+)$/i.exec(origin)?.[1])
}

/** What a refused caller reads. */
export const hostRefusal = 'This development server does not answer for that host name. Start it with --allowed-host NAME to allow it.\n'

/** The name in a Host header, in lower case and without the port. */
const hostName = (host: string): string | undefined => /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d*)?$/i.exec(host.trim())?.[1]?.toLowerCase()
