/** An IP address as a number of 32 (IPv4) or 128 (IPv6) bits. */
export interface IpAddress {
  readonly bits: 32 | 128
  readonly value: bigint
}

const ipv4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))

/** The last 32 bits of an IPv6 address may be written as an IPv4 address (RFC 4291, 2.2). */
const withoutDots = (text: string): string | undefined => {
  const start = text.lastIndexOf(':') + 1
  if (!text.includes('.')) return text
  const tail = ipv4(text.slice(start))
  return tail === undefined ? undefined : `${text.slice(0, start)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`
}

const ipv6 = (text: string): bigint | undefined => {
  const plain = withoutDots(text)
  const halves = plain?.split('::') ?? []
  const [head = [], tail] = halves.map(groups)
  if (halves.length === 0 || halves.length > 2) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...(tail ?? [])]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((value, group) => value * 0x10000n + BigInt(`0x${group}`), 0n)
}

/** The address that a text is; an IPv4 address mapped into IPv6 (`::ffff:192.0.2.1`) counts as IPv4; undefined for any other text. */
export const parseIpAddress = (text: string): IpAddress | undefined => {
  if (!text.includes(':')) {
    const value = ipv4(text)
    return value === undefined ? undefined : { bits: 32, value }
  }
  const value = ipv6(text)
  if (value === undefined) return undefined
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}
