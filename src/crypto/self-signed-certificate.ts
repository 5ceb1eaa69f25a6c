import { createPrivateKey } from 'node:crypto'
import { newSigningKeyPair } from './rsa-key.ts'
import { commonName, loadX509, signCertificate, type Validity } from './sign-certificate.ts'

/** A certificate and the private key that it is for. */
export interface SelfSignedCertificate {
  /** base64 DER */
  readonly certificate: string
  /** PKCS #8 */
  readonly privateKey: Buffer
}

/**
 * A new RSA-2048 key and a certificate (RFC 5280) that it signs for itself, under a common name. The serial number is a positive number
 * of up to 20 bytes; times are epoch milliseconds.
 */
export const selfSignedCertificate = async (name: string, validity: Validity, serialNumber: Uint8Array): Promise<SelfSignedCertificate> => {
  const x509 = await loadX509()
  const { privateKeyPkcs8: privateKey } = await newSigningKeyPair()
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const subject = commonName(x509, name)
  const certificate = signCertificate(x509, { subject, issuer: subject, publicKey: key, validity, serialNumber }, key)
  return { certificate: certificate.toString('base64'), privateKey }
}
