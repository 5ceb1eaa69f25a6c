/** What a Host header selects: a prefix domain, a custom one, or the server itself. */
export type HostName =
  | { readonly kind: 'server' }
  | { readonly kind: 'prefix'; readonly prefix: string; readonly region: string }
  | { readonly kind: 'custom'; readonly name: string }

/** The name in a Host header, in lower case, without the port and a closing dot. */
export const hostNameOf = (host: string | undefined): string => (host ?? '').trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')

/**
 * What a host name can mean on a server with this public host name: `<prefix>.auth.<region>.<public host>` is a prefix domain, another name
 * may be a custom one. It only selects among registered domains; nothing that is answered is made from it.
 */
export const readHostName = (name: string, publicHost: string): HostName => {
  if (name === '' || name === publicHost) return { kind: 'server' }
  const below = name.endsWith(`.${publicHost}`) ? name.slice(0, -publicHost.length - 1) : undefined
  const [prefix = '', auth, region = '', ...rest] = below?.split('.') ?? []
  if (auth === 'auth' && prefix !== '' && region !== '' && rest.length === 0) return { kind: 'prefix', prefix, region }
  return { kind: 'custom', name }
}
