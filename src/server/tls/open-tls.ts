import type { Clock } from '../../clock.ts'
import type { Log } from '../../context.ts'
import type { Authority } from '../../crypto/certificate-authority.ts'
import type { Random } from '../../random.ts'
import { type Config, ConfigError } from '../config.ts'
import type { Listener } from '../listen.ts'
import { servedNames } from './served-names.ts'
import type { TlsIdentity } from './tls-identity.ts'

/** The authority of a development server, as others can trust it. */
export interface ShownAuthority {
  /** PEM */
  readonly certificate: string
  /** Its file; one that lives as long as the server has none. */
  readonly path: string | undefined
}

/** What TLS needs of its surroundings. */
export interface TlsOptions {
  readonly openAuthority: () => Promise<Authority & ShownAuthority>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The identity of a server that speaks TLS, and whose it is; undefined for one that does not. Throws ConfigError when a file can't be used. */
export const openTls = async (
  config: Config,
  { openAuthority, clock, random, log }: TlsOptions,
): Promise<{ readonly identity: TlsIdentity; readonly authority?: ShownAuthority } | undefined> => {
  const { tls, tlsCert: certPath, tlsKey: keyPath, publicUrl } = config
  if (certPath !== undefined && keyPath !== undefined) {
    const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')
    // Loaded at need, because few servers speak TLS themselves.
    const { openFileIdentity } = await import('./file-identity.ts')
    const identity = await openFileIdentity({ certPath, keyPath, publicHost, clock, log })
    if ('fault' in identity) throw new ConfigError(identity.fault)
    return { identity }
  }
  if (!tls) return undefined
  const [authority, { createLocalIdentity }] = await Promise.all([openAuthority(), import('./local-identity.ts')])
  return { identity: await createLocalIdentity({ authority, names: servedNames(config), clock, random }), authority }
}

/** Looks every `pause` milliseconds whether a listener is to show another certificate. */
export const keepFresh = (
  identity: TlsIdentity,
  listener: Pick<Listener, 'present'>,
  { log, pause = 60_000 }: { readonly log: Log; readonly pause?: number },
): { stop(): Promise<void> } => {
  let looking = Promise.resolve()
  const look = async () => {
    const renewed = await identity.renew()
    if (renewed !== undefined) await listener.present(renewed)
  }
  const timer = setInterval(() => {
    // The next look may succeed; until then the certificate that is shown stays.
    looking = looking.then(look).catch((error: unknown) => log.error({ err: error }, 'the certificate could not be renewed'))
  }, pause)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return looking
    },
  }
}
