import { createPrivateKey, generateKeyPair, sign } from 'node:crypto'
import { promisify } from 'node:util'

/** A certificate and the private key that it is for. */
export interface SelfSignedCertificate {
  /** base64 DER */
  readonly certificate: string
  /** PKCS #8 */
  readonly privateKey: Buffer
}

const sha256WithRsa = '1.2.840.113549.1.1.11'
const commonNameType = '2.5.4.3'

const newKeyPair = () =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })

const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer

/**
 * A new RSA-2048 key and a certificate (RFC 5280) that it signs for itself, under a common name. OpenSSL draws the key, so entropy is
 * no argument here; the serial number, a positive number of up to 20 bytes, is. Times in epoch milliseconds.
 */
export const selfSignedCertificate = async (
  commonName: string,
  validity: { readonly from: number; readonly until: number },
  serialNumber: Uint8Array,
): Promise<SelfSignedCertificate> => {
  // Loaded at need: only pools that sign SAML requests ask for a certificate.
  const [x509, { AsnConvert }] = await Promise.all([import('@peculiar/asn1-x509'), import('@peculiar/asn1-schema')])
  const { publicKey, privateKey } = await newKeyPair()
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
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, x509.SubjectPublicKeyInfo),
  })
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const signatureValue = exact(sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), key))
  const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })
  return { certificate: Buffer.from(AsnConvert.serialize(certificate)).toString('base64'), privateKey }
}
