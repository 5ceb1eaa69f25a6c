import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { KeyAndCertificate } from './tls-identity.ts'

/** A pair that fits, and the certificate as it reads. */
export interface ReadCertificate extends KeyAndCertificate {
  readonly certificate: X509Certificate
}

/** Two texts and where they come from. */
export interface CertificateSource extends KeyAndCertificate {
  readonly certPath: string
  readonly keyPath: string
}

const day = (date: Date): string => date.toISOString().slice(0, 10)

/**
 * Reads a server's certificate (PEM, its own first, then those between it and a root) and its private key (PEM). A fault is one sentence
 * or two that say what is wrong and what to do; `now` is in epoch milliseconds.
 */
export const readCertificate = (source: CertificateSource, now: number): ReadCertificate | { readonly fault: string } => {
  const { cert, key, certPath, keyPath } = source
  const certificate = parseCertificate(cert)
  if (certificate === undefined)
    return { fault: `${certPath} (tls-cert) holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----.` }
  const privateKey = parseKey(key)
  if (privateKey === 'protected')
    return {
      fault: `The private key ${keyPath} (tls-key) is protected by a passphrase. Write one without: openssl pkey -in ${keyPath} -out key.pem`,
    }
  if (privateKey === undefined)
    return { fault: `${keyPath} (tls-key) holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----.` }
  if (!certificate.checkPrivateKey(privateKey))
    return {
      fault: `The private key ${keyPath} does not belong to the first certificate in ${certPath}. Name the pair that was made together; the server's own certificate comes before its issuers'.`,
    }
  const { validFromDate, validToDate } = certificate
  if (validToDate.getTime() <= now) return { fault: `The certificate ${certPath} expired on ${day(validToDate)}. Renew it and try again.` }
  if (validFromDate.getTime() > now)
    return { fault: `The certificate ${certPath} is not valid before ${day(validFromDate)}. Check the clock of this machine.` }
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    return { fault: `The certificate ${certPath} can't be used: ${error instanceof Error ? error.message : error}.` }
  }
  return { cert, key, certificate }
}

const parseCertificate = (text: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(text)
  } catch {
    return undefined
  }
}

const parseKey = (text: string): KeyObject | 'protected' | undefined => {
  try {
    return createPrivateKey(text)
  } catch {
    return /^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text) ? 'protected' : undefined
  }
}
