/** A field of a form as a browser without JavaScript sees it. */
export interface PageField {
  /** The type of an input. */
  readonly type: string
  readonly value: string
  /** The token of autofill; empty without one. */
  readonly autocomplete: string
}

/** A form that is sent with POST. */
export interface PageForm {
  readonly action: string
  readonly fields: ReadonlyMap<string, PageField>
  /** The values of the buttons called `answer`: a choice. */
  readonly choices: readonly string[]
}

/** What a program needs to know of a page. */
export interface ReadPage {
  readonly heading: string
  /** What the page says was wrong. */
  readonly faults: readonly string[]
  readonly forms: readonly PageForm[]
  /** Where a code was sent, masked. */
  readonly destination: string | undefined
  /** Whether the page shows the secret of a new authenticator app. */
  readonly hasSecret: boolean
  /** What it says besides its heading, its forms and its small print. */
  readonly text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

const plainText = (html: string): string =>
  decoded(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?/g)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decoded(double ?? single ?? bare ?? ''),
    ]),
  )

/** The attributes of every element of that name. */
const elements = (html: string, name: string): Readonly<Record<string, string>>[] =>
  [...html.matchAll(new RegExp(`<${name}\\b((?:"[^"]*"|'[^']*'|[^'">])*)>`, 'gi'))].map(([, attributes = '']) => attributesOf(attributes))

const readForm = (attributes: Readonly<Record<string, string>>, body: string): PageForm => ({
  action: attributes['action'] ?? '',
  fields: new Map(
    elements(body, 'input').flatMap(({ name, type = 'text', value = '', autocomplete = '' }) =>
      name === undefined || /^(?:submit|button|image|reset)$/i.test(type)
        ? []
        : [[name, { type: type.toLowerCase(), value, autocomplete }]],
    ),
  ),
  choices: elements(body, 'button').flatMap(({ name, value }) => (name === 'answer' && value !== undefined ? [value] : [])),
})

const formsOf = (html: string): PageForm[] =>
  [...html.matchAll(/<form\b((?:"[^"]*"|'[^']*'|[^'">])*)>([\s\S]*?)<\/form>/gi)].flatMap(([, attributes = '', body = '']) => {
    const read = attributesOf(attributes)
    return read['method']?.toLowerCase() === 'post' ? [readForm(read, body)] : []
  })

/** Alerts, and on pages of AWS the message by its class. */
const faultsOf = (html: string): string[] => {
  const found = [...html.matchAll(/<(div|p|span)\b[^>]*(?:role="alert"|errorMessage-customizable)[^>]*>([\s\S]*?)<\/\1>/gi)]
  return [...new Set(found.map(([, , text = '']) => plainText(text)).filter(Boolean))]
}

const textIn = (html: string, pattern: RegExp): string => plainText(pattern.exec(html)?.[1] ?? '')

const textOf = (html: string): string => {
  const main = /<main\b[^>]*>([\s\S]*?)<\/main>/i.exec(html)?.[1] ?? ''
  return plainText(main.replaceAll(/<h1\b[\s\S]*?<\/h1>|<form\b[\s\S]*?<\/form>|<p class="legal[\s\S]*?<\/p>|<a\b[\s\S]*?<\/a>/gi, ' '))
}

/** Reads a page of ours, or one written like it, without its scripts. */
export const readPage = (html: string): ReadPage => ({
  heading: textIn(html, /<h1[^>]*>([\s\S]*?)<\/h1>/i),
  faults: faultsOf(html),
  forms: formsOf(html),
  destination: textIn(html, /<bdi\b[^>]*>([^<]*\*[^<]*)<\/bdi>/i) || undefined,
  hasSecret: /\bhref="otpauth:/i.test(html),
  text: textOf(html),
})
