import type { ConsoleRequest } from './console-request.ts'

/** The header that only the console's own script sets: a page of another origin would have to ask first, and nobody says yes. */
export const consoleHeader = 'x-poolhouse-console'

/**
 * What is wrong with a call that doesn't come from the console's own page, as a sentence: other origins (another port of this machine
 * is one), other sites, forms. The page's origin has to have the host and port that the request names.
 */
export const foreignFault = ({ headers }: Pick<ConsoleRequest, 'headers'>): string | undefined => {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return 'The console answers only its own pages, not requests from elsewhere.'
  if (headers[consoleHeader] === undefined) return `The console's API wants the header ${consoleHeader}.`
  const from = /^https?:\/\/([^/]+)$/i.exec(origin ?? '')?.[1]
  return from === undefined || from.toLowerCase() !== host?.trim().toLowerCase()
    ? "The console's API answers only pages of its own origin."
    : undefined
}

/**
 * The same for a GET, with which browsers send no Origin: a page of another origin would have to ask before it sends the console's header, and
 * nobody says yes.
 */
export const foreignReadFault = ({ headers }: Pick<ConsoleRequest, 'headers'>): string | undefined =>
  (headers['sec-fetch-site'] ?? 'same-origin') !== 'same-origin' || headers[consoleHeader] === undefined
    ? 'The console answers only its own pages.'
    : undefined
