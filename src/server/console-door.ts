import type { PlaceOf } from '../console/console-place.ts'
import type { ConsoleRequest } from '../console/console-request.ts'
import { isLoopback } from '../domain/is-loopback.ts'
import { publicPath } from '../domain/public-path.ts'
import { createHostGuard } from './host-guard.ts'

/** Who may come near the console of `serve`, and where browsers see it. */
export interface ConsoleDoor {
  /** Why a client may not come near, as a sentence; undefined when it may. */
  readonly refuse: (request: Pick<ConsoleRequest, 'remoteAddress' | 'headers'>) => string | undefined
  readonly placeOf: PlaceOf
}

const namesLoopback = createHostGuard([])

const wayIn =
  'The console answers browsers on its own machine only: open it through a tunnel (ssh -L 9340:127.0.0.1:9340 HOST, then http://localhost:9340/console/), or set admin-url to the https address of a proxy in front of it.'

/**
 * The door of a console that stands behind a proxy at `adminUrl`, or behind none. Past the proxy it opens to this machine's own browsers
 * alone: a name that somebody points at this machine does not open it, nor does a proxy that nobody told it about.
 */
export const createConsoleDoor = (adminUrl: string | undefined): ConsoleDoor => {
  const admin = adminUrl === undefined ? undefined : new URL(adminUrl)
  const proxied =
    adminUrl === undefined || admin === undefined ? undefined : { path: publicPath(adminUrl), isSecure: admin.protocol === 'https:' }

  const isProxied = ({ headers }: Pick<ConsoleRequest, 'headers'>): boolean =>
    admin !== undefined && headers['host']?.trim().toLowerCase() === admin.host

  const isLocal = ({ remoteAddress, headers }: Pick<ConsoleRequest, 'remoteAddress' | 'headers'>): boolean =>
    remoteAddress !== undefined &&
    isLoopback(remoteAddress) &&
    namesLoopback(headers['host']) &&
    headers['x-forwarded-for'] === undefined &&
    headers['forwarded'] === undefined

  return {
    refuse: (request) => {
      if (!isProxied(request)) return isLocal(request) ? undefined : wayIn
      const { origin } = request.headers
      return origin === undefined || origin.toLowerCase() === admin?.origin
        ? undefined
        : `The console answers only pages of ${admin?.origin}.`
    },
    placeOf: (request) => (proxied !== undefined && isProxied(request) ? proxied : { path: '', isSecure: false }),
  }
}
