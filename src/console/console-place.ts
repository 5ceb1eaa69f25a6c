import type { ConsoleRequest } from './console-request.ts'

/** How a browser reaches the console. */
export interface ConsolePlace {
  /** What a proxy takes off before `/console`, without a trailing slash; mostly empty. */
  readonly path: string
  /** Over HTTPS, so that cookies never travel without it. */
  readonly isSecure: boolean
}

/** Where the request came from, as the browser sees it. */
export type PlaceOf = (request: Pick<ConsoleRequest, 'headers'>) => ConsolePlace
