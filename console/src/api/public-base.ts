import { consoleUrl } from './console-url.ts'
import type { Session } from './session.ts'

type Addresses = Pick<Session, 'mode' | 'publicUrl'>

/**
 * Where this page reaches what the server has for everybody (keys, tokens, sign-in pages), without a trailing slash. In `dev` beside the
 * console, under whatever name that was opened; in `serve` the console has a listener of its own.
 */
export const publicBase = ({ mode, publicUrl }: Addresses): string =>
  mode === 'dev' ? location.origin + consoleUrl('').replace(/\/console\/$/, '') : publicUrl

/** The address under which others know the server; where nobody said one, it is the one that shows this page. */
export const knownBase = (session: Addresses): string => session.publicUrl || publicBase(session)
