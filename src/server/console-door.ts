import type { PlaceOf } from '../console/console-place.ts'
import type { ConsoleRequest } from '../console/console-request.ts'
import { isLoopback } from '../domain/is-loopback.ts'
import { publicPath } from '../domain/public-path.ts'
import type { TrustedProxies } from './client-address.ts'
import { createHostGuard } from './host-guard.ts'

/** Who may come near the console of `serve`, and where browsers see it. */
export interface ConsoleDoor {
  /** Why a client may not come near, as a sentence; undefined when it may. */
  readonly refuse: (request: Pick<ConsoleRequest, 'peer' | 'remoteAddress' | 'headers'>) => string | undefined
  readonly placeOf: PlaceOf
}

const namesLoopback = createHostGuard([])

const wayIn =
  'The console answers browsers on its own machine only: open it through a tunnel (ssh -L 9340:127.0.0.1:9340 HOST, then http://localhost:9340/console/), or set admin-url to the https address of a proxy in front of it.'

// What proxies add: by one of these a proxy shows that nobody told of.
const tellsOfProxy = (headers: ConsoleRequest['headers']): boolean =>
  Object.keys(headers).some((name) => /^(?:via|forwarded|x-real-ip|x-forwarded(?:-.*)?)$/.test(name))

const untrusted =
  'The console answers requests to admin-url only from a proxy that it knows: one on its own machine, or one that trusted-proxies names.'

/**
 * The door of a console that stands behind a proxy at `adminUrl`, or behind none. Requests that name an https `adminUrl` have to come from a
 * proxy: one on this machine, or one that is trusted. Else the door opens to this machine's own browsers alone: a name that somebody points at
 * this machine does not open it, nor does a proxy that nobody told it about, unless that one adds no header and names this machine as its host.
 */
export const createConsoleDoor = (adminUrl: string | undefined, isTrusted: TrustedProxies): ConsoleDoor => {
  const admin = adminUrl === undefined ? undefined : new URL(adminUrl)
  const behind =
    adminUrl === undefined || admin === undefined ? undefined : { path: publicPath(adminUrl), isSecure: admin.protocol === 'https:' }

  const namesAdminUrl = ({ headers }: Pick<ConsoleRequest, 'headers'>): boolean =>
    admin !== undefined && headers['host']?.trim().toLowerCase() === admin.host

  // Plain http is for a port of this machine that leads to a container, whose peer is whatever the container's network makes of it.
  const isFromProxy = ({ peer }: Pick<ConsoleRequest, 'peer'>): boolean =>
    behind?.isSecure === false || (peer !== undefined && (isLoopback(peer) || isTrusted(peer)))

  const isLocal = ({ remoteAddress, headers }: Pick<ConsoleRequest, 'remoteAddress' | 'headers'>): boolean =>
    remoteAddress !== undefined && isLoopback(remoteAddress) && namesLoopback(headers['host']) && !tellsOfProxy(headers)

  return {
    refuse: (request) => {
      if (!namesAdminUrl(request)) return isLocal(request) ? undefined : wayIn
      if (!isFromProxy(request)) return untrusted
      const { origin } = request.headers
      return origin === undefined || origin.toLowerCase() === admin?.origin
        ? undefined
        : `The console answers only pages of ${admin?.origin}.`
    },
    // Whoever is not refused and names admin-url came through the proxy.
    placeOf: (request) => (behind !== undefined && namesAdminUrl(request) ? behind : { path: '', isSecure: false }),
  }
}
