import type { ConsolePlace } from './console-place.ts'

/** The name of the cookie: over HTTPS one that nothing without it can set. */
export const cookieName = ({ isSecure }: ConsolePlace): string => (isSecure ? '__Secure-poolhouse_operator' : 'poolhouse_operator')

/** The value of the console's cookie in a Cookie header. */
export const readCookie = (header: string | undefined, place: ConsolePlace): string | undefined => {
  const before = `${cookieName(place)}=`
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(before))
    ?.slice(before.length)
}

const attributes = ({ path, isSecure }: ConsolePlace): string =>
  `Path=${path}/console; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`

/** Set-Cookie of a session; it ends with the browser, or before that where the server says so. */
export const sessionCookie = (place: ConsolePlace, value: string): string => `${cookieName(place)}=${value}; ${attributes(place)}`

/** Set-Cookie that takes the session's cookie away. */
export const clearedCookie = (place: ConsolePlace): string => `${cookieName(place)}=; ${attributes(place)}; Max-Age=0`
