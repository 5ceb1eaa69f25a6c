import { parseIpAddress } from './ip-address.ts'

/** The network of an address: its first 24 bits (IPv4) or 48 bits (IPv6), about what one household, office or site has; undefined for no address. */
export const networkOf = (address: string | undefined): string | undefined => {
  const ip = address === undefined ? undefined : parseIpAddress(address)
  if (ip === undefined) return undefined
  return ip.bits === 32 ? `v4:${(ip.value >> 8n).toString(16)}` : `v6:${(ip.value >> 80n).toString(16)}`
}
