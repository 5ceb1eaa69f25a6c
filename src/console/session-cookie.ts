import type { ConsolePlace } from './console-place.ts'

/** The name of the cookie: over HTTPS one that nothing but this very host over HTTPS can set (RFC 6265bis section 4.1.3.2). */
export const cookieName = ({ isSecure }: ConsolePlace): string => (isSecure ? '__Host-poolhouse_operator' : 'poolhouse_operator')

// Each is a look into the store.
const most = 16

/**
 * The values of the console's cookie in a Cookie header that could be one of ours, at most 16: on localhost the servers of other ports set
 * cookies of the same name too, and which one a browser puts first is theirs to choose.
 */
export const readCookies = (header: string | undefined, place: ConsolePlace): readonly string[] => {
  const before = `${cookieName(place)}=`
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(before))
    .map((pair) => pair.slice(before.length))
    .filter((value) => /^[\w-]{43}$/.test(value))
  return [...new Set(values)].slice(0, most)
}

const attributes = ({ path, isSecure }: ConsolePlace): string =>
  isSecure ? 'Path=/; HttpOnly; SameSite=Strict; Secure' : `Path=${path}/console; HttpOnly; SameSite=Strict`

/** Set-Cookie of a session; it ends with the browser, or before that where the server says so. */
export const sessionCookie = (place: ConsolePlace, value: string): string => `${cookieName(place)}=${value}; ${attributes(place)}`

/** Set-Cookie that takes the session's cookie away. */
export const clearedCookie = (place: ConsolePlace): string => `${cookieName(place)}=; ${attributes(place)}; Max-Age=0`
