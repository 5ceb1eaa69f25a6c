import type { HttpReply, Send } from '../client/http.ts'
import { Refusal } from '../client/refusal.ts'

/** A browser without JavaScript that follows no redirect by itself. */
export interface Browser {
  get(url: string): Promise<BrowserReply>
  /** Sends a form. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<BrowserReply>
}

/** A page, or where a redirect leads. */
export interface BrowserReply {
  readonly url: string
  readonly status: number
  readonly html: string
  /** Absolute; undefined for a page. */
  readonly location: string | undefined
}

const isOver = (attributes: string): boolean => /;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(attributes)

/** A browser with cookies of its own, which every host gets back that set them. */
export const createBrowser = (send: Send): Browser => {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string): Map<string, string> => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  const keep = (url: string, { headers }: HttpReply): void => {
    const jar = jarOf(url)
    for (const cookie of headers['set-cookie'] ?? []) {
      const [, name = '', value = '', attributes = ''] = /^([^=;]+)=([^;]*)(.*)$/s.exec(cookie) ?? []
      if (isOver(attributes)) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const locationOf = (url: string, { status, headers: { location } }: HttpReply): string | undefined => {
    if (status < 300 || status > 399 || location === undefined) return undefined
    if (!URL.canParse(location, url)) throw new Refusal(`${new URL(url).origin} redirects to what is no address.`)
    return new URL(location, url).href
  }
  const go = async (url: string, form?: Readonly<Record<string, string>>): Promise<BrowserReply> => {
    const cookie = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', 'accept-language': 'en', ...(cookie !== '' && { cookie }) }
    const reply = await send(
      url,
      form === undefined
        ? { method: 'GET', headers }
        : {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form).toString(),
          },
    )
    keep(url, reply)
    return { url, status: reply.status, html: reply.body, location: locationOf(url, reply) }
  }
  return { get: (url) => go(url), post: (url, form) => go(url, form) }
}
