import { BlockList, isIP, isIPv6 } from 'node:net'

/** Tells whether an address belongs to a proxy that the operator trusts. */
export type TrustedProxies = (address: string) => boolean

/** From addresses and networks (`10.0.0.0/8`, `::1`); throws a sentence for an entry that is neither. */
export const trustedProxies = (entries: readonly string[]): TrustedProxies => {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const bits = prefix === undefined ? undefined : Number(prefix)
    const most = isIPv6(address) ? 128 : 32
    if (isIP(address) === 0 || (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= most))) {
      throw new Error(`"${entry}" is no address or network of a trusted proxy; write 10.0.0.5 or 10.0.0.0/8.`)
    }
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, bits, family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/**
 * The client's address: the peer's, or behind trusted proxies the right-most address of X-Forwarded-For that is none of theirs.
 * Anything else in that header is what the client chose to write and counts for nothing.
 */
export const clientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: TrustedProxies,
): string | undefined => {
  let address = plainAddress(peer)
  if (address === undefined || forwardedFor === undefined || !isTrusted(address)) return address
  for (const hop of forwardedFor.split(',').reverse()) {
    const claimed = plainAddress(hop.trim())
    if (claimed === undefined || isIP(claimed) === 0) return address
    address = claimed
    if (!isTrusted(address)) return address
  }
  return address
}

// A dual-stack socket shows IPv4 peers as ::ffff:10.0.0.5.
/** An address as it is written elsewhere. */
export const plainAddress = (address: string | undefined): string | undefined => address?.replace(/^::ffff:(?=\d+\.)/i, '')
