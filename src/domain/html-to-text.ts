const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The text part of an HTML message: words, line breaks, and the addresses of links in brackets. */
export const htmlToText = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?-->|<(script|style|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<a\s[^<>]*?href\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')[^<>]*>([^<>]*)<\/a\s*>/gi, link)
    .replace(/<br\b[^<>]*>|<\/(?:div|li|tr)\s*>/gi, '\n')
    .replace(/<\/(?:p|h[1-6]|table|ul|ol)\s*>/gi, '\n\n')
    .replace(/<[/!a-z][^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, entity)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const link = (_all: string, double: string | undefined, single: string | undefined, label: string): string => {
  const address = double ?? single ?? ''
  return address === '' || label.trim() === address ? label : `${label} (${address})`
}

const entity = (all: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string => {
  if (name !== undefined) return named[name.toLowerCase()] ?? all
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all
}
