import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import { setCookie } from './cookies.ts'
import type { PageRequest } from './page.ts'

/** The cookie's name, and those of the field which repeats it, are AWS's: scripts that drive the pages know them. */
const cookieName = 'XSRF-TOKEN'
// guess: scripts for managed login call the field csrf.
const fieldNames = ['_csrf', 'csrf'] as const

/** The secret of a browser that its forms repeat. */
export interface Csrf {
  readonly token: string
  /** Set-Cookie headers that give the browser its token; none where it has one. */
  readonly cookies: readonly string[]
}

/** A new token for the browser: at the first page, and when somebody signs in. */
export const newCsrf = ({ random, policy }: Pick<Context, 'random' | 'policy'>): Csrf => {
  const token = random.uuid()
  return { token, cookies: [setCookie(policy, cookieName, token)] }
}

/** The browser's token, or a new one. */
export const openCsrf = (ctx: Pick<Context, 'random' | 'policy'>, { cookies }: Pick<PageRequest, 'cookies'>): Csrf => {
  const token = cookies.get(cookieName)
  return token !== undefined && /^[\w-]{36}$/.test(token) ? { token, cookies: [] } : newCsrf(ctx)
}

/**
 * Whether a browser says that a page of another site sent the request; programs say nothing. Older browsers send the origin alone, and
 * proxies may have put their own name for us into Host.
 */
const isCrossSite = ({ policy }: Pick<Context, 'policy'>, { headers }: Pick<PageRequest, 'headers'>): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin, host } = headers
  if (origin === undefined) return false
  const from = URL.canParse(origin) ? new URL(origin).host : undefined
  return from !== host?.toLowerCase() && from !== new URL(policy.publicUrl).host
}

/** Whether a page of ours made the form: no other site sent it, and it repeats the browser's token. */
export const isOwnForm = (ctx: Pick<Context, 'policy'>, request: Pick<PageRequest, 'cookies' | 'form' | 'headers'>): boolean => {
  const token = request.cookies.get(cookieName)
  const repeated = fieldNames.map((name) => request.form.get(name)).find((value) => value !== undefined)
  return !isCrossSite(ctx, request) && token !== undefined && repeated !== undefined && equalText(token, repeated)
}
