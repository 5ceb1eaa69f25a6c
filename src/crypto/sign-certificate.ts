import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Extension, Name } from '@peculiar/asn1-x509'

/** From when until when a certificate is valid, in epoch milliseconds (written in whole seconds). */
export interface Validity {
  readonly from: number
  readonly until: number
}

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: Name
  readonly issuer: Name
  readonly publicKey: KeyObject
  readonly validity: Validity
  /** A positive number of up to 20 bytes. */
  readonly serialNumber: Uint8Array
  readonly extensions?: readonly Extension[]
}

const sha256WithRsa = '1.2.840.113549.1.1.11'
const sha256WithEcdsa = '1.2.840.10045.4.3.2'
const commonNameType = '2.5.4.3'

/** The packages that write certificates: loaded at need, because few servers make any. */
export const loadX509 = async () => {
  const [x509, { AsnConvert, OctetString }] = await Promise.all([import('@peculiar/asn1-x509'), import('@peculiar/asn1-schema')])
  return { x509, AsnConvert, OctetString }
}

/** Those packages. */
export type X509 = Awaited<ReturnType<typeof loadX509>>

/** The bytes as the packages want them. */
export const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

/** The public half of a private key, or a public key itself, as X.509 writes it (SubjectPublicKeyInfo, DER). */
export const publicKeyInfo = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' })

/** A name that is nothing but a common name. */
export const commonName = ({ x509 }: X509, text: string): Name =>
  new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({ type: commonNameType, value: new x509.AttributeValue({ utf8String: text }) }),
    ]),
  ])

/** The certificate (RFC 5280, DER) that an issuer's RSA or ECDSA key signs with SHA-256. */
export const signCertificate = ({ x509, AsnConvert }: X509, content: CertificateContent, issuerKey: KeyObject): Buffer => {
  const { subject, issuer, publicKey, validity, serialNumber, extensions } = content
  const signatureAlgorithm =
    issuerKey.asymmetricKeyType === 'ec'
      ? new x509.AlgorithmIdentifier({ algorithm: sha256WithEcdsa })
      : new x509.AlgorithmIdentifier({ algorithm: sha256WithRsa, parameters: null })
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: exact(serialNumber),
    signature: signatureAlgorithm,
    issuer,
    subject,
    validity: new x509.Validity({ notBefore: new Date(validity.from), notAfter: new Date(validity.until) }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKeyInfo(publicKey), x509.SubjectPublicKeyInfo),
    ...(extensions === undefined ? {} : { extensions: new x509.Extensions([...extensions]) }),
  })
  const signatureValue = exact(sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), issuerKey))
  return Buffer.from(AsnConvert.serialize(new x509.Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })))
}
