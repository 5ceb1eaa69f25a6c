import { isLoopback } from '../../domain/is-loopback.ts'
import type { Config } from '../config.ts'
import { isWildcard } from '../listener-url.ts'

/** A host as certificates name it: lower case, no brackets, no closing dot. */
const plain = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '')

/** The names and addresses that a server is reached under, each once and in order. */
export const servedNames = ({ host, allowedHosts, publicUrl }: Pick<Config, 'host' | 'allowedHosts' | 'publicUrl'>): string[] => {
  const all = [...allowedHosts, ...(isWildcard(host) ? [] : [host]), ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]
  return [...new Set([...all, 'localhost', '127.0.0.1', '::1'].map(plain))].sort()
}

/** Those of them that say nothing of this machine alone, so that an authority vouches for them only where it was made for that. */
export const vouchedNames = (config: Parameters<typeof servedNames>[0]): string[] => servedNames(config).filter((name) => !isLoopback(name))

const form = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*$/

/** The name that a client asks a server for (SNI), where it is one of `served` or below one of them; undefined for any other. */
export const askedName = (asked: string, served: readonly string[]): string | undefined => {
  const name = plain(asked)
  const isServed = served.some((own) => name === own || name.endsWith(`.${own}`))
  return isServed && form.test(name) ? name : undefined
}
