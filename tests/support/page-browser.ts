import { request } from 'node:http'

/** A page, or a redirect, as a browser without JavaScript sees it. */
export interface SeenPage {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly html: string
  /** Where a redirect leads; empty for a page. */
  readonly location: string
  readonly heading: string
  /** The texts of alerts and of errors at fields. */
  readonly faults: readonly string[]
  /** The address that the page was asked for at. */
  readonly path: string
}

/** A browser with cookies of its own that follows nothing by itself. */
export interface PageBrowser {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<SeenPage>
  post(path: string, form: Readonly<Record<string, string>> | string, headers?: Readonly<Record<string, string>>): Promise<SeenPage>
  /** Sends the page's form (the one with the most fields unless `index` says otherwise) with its hidden fields and these. */
  submit(page: SeenPage, fields: Readonly<Record<string, string>>, index?: number): Promise<SeenPage>
  /** Follows redirects of our own; stops at the first page, or at an address elsewhere. */
  follow(page: SeenPage): Promise<SeenPage>
}

const decoded = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '')

const plainText = (html: string): string =>
  decoded(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()

interface SeenForm {
  readonly action: string
  readonly hidden: Record<string, string>
}

const attributeOf = (attributes: string, name: string): string => decoded(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')

/** The POST forms of a page: where they go, and their hidden fields; then those that buttons outside of them send elsewhere. */
export const formsOf = ({ html }: SeenPage): SeenForm[] => {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, attributes = '']) => /method="post"/.test(attributes))
    .map(([, attributes = '', body = '']) => ({
      id: attributeOf(attributes, 'id'),
      action: attributeOf(attributes, 'action'),
      hidden: Object.fromEntries(
        [...body.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map(([, name = '', value = '']) => [
          decoded(name),
          decoded(value),
        ]),
      ),
    }))
  const elsewhere = [...html.matchAll(/<button\b([^>]* formaction="[^>]*)>/g)].flatMap(([, attributes = '']) =>
    forms
      .filter(({ id }) => id !== '' && id === attributeOf(attributes, 'form'))
      .map(({ hidden }) => ({ action: attributeOf(attributes, 'formaction'), hidden })),
  )
  return [...forms.map(({ action, hidden }) => ({ action, hidden })), ...elsewhere]
}

const seen = (path: string, status: number, headers: SeenPage['headers'], html: string): SeenPage => ({
  status,
  headers,
  html,
  path,
  location: String(headers['location'] ?? ''),
  heading: plainText(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? ''),
  faults: [
    ...[...html.matchAll(/<div class="alert[^>]*role="alert">([\s\S]*?)<\/div><\/div>/g)].map(([, text = '']) => plainText(text)),
    ...[...html.matchAll(/<p class="error" id="[^"]*"[^>]*>([\s\S]*?)<\/p>/g)].map(([, text = '']) => plainText(text)),
  ],
})

/** A browser at the server `url`, or at another host name that leads to it. */
export const openBrowser = (url: string, host = new URL(url).host): PageBrowser => {
  const { hostname, port } = new URL(url)
  const cookies = new Map<string, string>()
  const keep = (headers: SeenPage['headers']) => {
    for (const header of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      if (/max-age=0/i.test(header)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const send = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) =>
    new Promise<SeenPage>((resolve, reject) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const outgoing = request(
        { host: hostname, port, path, method, headers: { host, ...(cookie && { cookie }), ...headers } },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('end', () => {
            keep(incoming.headers)
            resolve(seen(path, incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks).toString('utf8')))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  const browser: PageBrowser = {
    cookies,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, form, headers = {}) => {
      const body = typeof form === 'string' ? form : new URLSearchParams(form).toString()
      return send(
        'POST',
        path,
        { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), ...headers },
        body,
      )
    },
    submit: (page, fields, index) => {
      const forms = formsOf(page)
      const form = index === undefined ? forms[0] : forms[index]
      if (form === undefined) throw new Error(`the page "${page.heading}" has no form`)
      return browser.post(form.action, { ...form.hidden, ...fields })
    },
    follow: async (page) => (page.location.startsWith('/') ? browser.follow(await browser.get(page.location)) : page),
  }
  return browser
}
