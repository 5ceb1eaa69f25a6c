import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { newSigningKeyPair } from './rsa-key.ts'

/** A certificate and the private key that it is for. */
export interface SelfSignedCertificate {
  /** base64 DER */
  readonly certificate: string
  /** PKCS #8 */
  readonly privateKey: Buffer
}

const sha256WithRsa = '1.2.840.113549.1.1.11'
const commonNameType = '2.5.4.3'

const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

/**
 * A new RSA-2048 key and a certificate (RFC 5280) that it signs for itself, under a common name. The serial number is a positive number
 * of up to 20 bytes; times are epoch milliseconds.
 */
export const selfSignedCertificate = async (
  commonName: string,
  validity: { readonly from: number; readonly until: number },
  serialNumber: Uint8Array,
): Promise<SelfSignedCertificate> => {
  // Loaded at need: only pools that sign SAML requests ask for a certificate.
  const [x509, { AsnConvert }] = await Promise.all([import('@peculiar/asn1-x509'), import('@peculiar/asn1-schema')])
  const { privateKeyPkcs8: privateKey } = await newSigningKeyPair()
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const name = new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({ type: commonNameType, value: new x509.AttributeValue({ utf8String: commonName }) }),
    ]),
  ])
  const signatureAlgorithm = new x509.AlgorithmIdentifier({ algorithm: sha256WithRsa, parameters: null })
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: exact(serialNumber),
    signature: signatureAlgorithm,
    issuer: name,
    subject: name,
    validity: new x509.Validity({ notBefore: new Date(validity.from), notAfter: new Date(validity.until) }),
    subjectPublicKeyInfo: AsnConvert.parse(createPublicKey(key).export({ format: 'der', type: 'spki' }), x509.SubjectPublicKeyInfo),
  })
  const signatureValue = exact(sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), key))
  const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })
  return { certificate: Buffer.from(AsnConvert.serialize(certificate)).toString('base64'), privateKey }
}
