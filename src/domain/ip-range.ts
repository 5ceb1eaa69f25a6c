import { type IpAddress, parseIpAddress } from './ip-address.ts'

interface Range extends IpAddress {
  readonly prefix: number
}

const parseRange = (text: string): Range | undefined => {
  const [base = '', prefix = '', ...rest] = text.split('/')
  const address = parseIpAddress(base)
  if (address === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(prefix)) return undefined
  return Number(prefix) <= address.bits ? { ...address, prefix: Number(prefix) } : undefined
}

/** Whether a text is a range in CIDR notation (RFC 4632), IPv4 or IPv6; an address alone is none. */
export const isIpRange = (text: string): boolean => parseRange(text) !== undefined

/** Whether the address lies in one of the ranges; entries and addresses that are none match nothing. */
export const isInRanges = (address: string | undefined, ranges: readonly string[] | undefined): boolean => {
  const ip = address === undefined ? undefined : parseIpAddress(address)
  if (ip === undefined) return false
  return (ranges ?? []).some((text) => {
    const range = parseRange(text)
    if (range?.bits !== ip.bits) return false
    const host = BigInt(range.bits - range.prefix)
    return range.value >> host === ip.value >> host
  })
}
