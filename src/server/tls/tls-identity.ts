import type { SecureContext } from 'node:tls'

/** The oldest version that is spoken (RFC 9325, section 3.1.1). */
export const minVersion = 'TLSv1.2'

/** A server's certificate with the chain behind it, and its private key, as PEM. */
export interface KeyAndCertificate {
  readonly cert: string
  readonly key: string
}

/** How a listener shows who it is. */
export interface TlsIdentity {
  /** What a client gets that names no server, or one that has no certificate of its own. */
  readonly current: KeyAndCertificate
  /** By the name that a client asks for (SNI): what it gets in place of `current`. */
  readonly contextFor?: ((name: string) => Promise<SecureContext | undefined>) | undefined
  /** Another `current` where the last one is to be replaced; undefined where it stays. Never rejects. */
  readonly renew: () => Promise<KeyAndCertificate | undefined>
}
