import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import type { Extension, GeneralName } from '@peculiar/asn1-x509'
import { commonName, exact, loadX509, publicKeyInfo, signCertificate, type Validity, type X509 } from './sign-certificate.ts'

/** A certificate authority: who trusts its certificate believes what its key signs, within the names that it is bound to. */
export interface Authority {
  /** PEM */
  readonly certificate: string
  readonly key: KeyObject
}

/** What a new authority is made of. */
export interface AuthorityContent {
  readonly key: KeyObject
  /** Host names and addresses that it may vouch for, besides localhost and the loopback addresses; a name stands for those below it too. */
  readonly names: readonly string[]
  readonly validity: Validity
  /** A positive number of up to 20 bytes. */
  readonly serialNumber: Uint8Array
}

/** What a server's certificate says. */
export interface ServerCertificateContent {
  /** Host names and IP addresses. */
  readonly names: readonly string[]
  readonly publicKey: KeyObject
  readonly validity: Validity
  /** A positive number of up to 20 bytes. */
  readonly serialNumber: Uint8Array
}

/** RFC 7093, section 2, method 1. */
const keyIdentifier = (key: KeyObject, { x509, AsnConvert }: X509): Buffer => {
  const { subjectPublicKey } = AsnConvert.parse(publicKeyInfo(key), x509.SubjectPublicKeyInfo)
  return createHash('sha256').update(Buffer.from(subjectPublicKey)).digest().subarray(0, 20)
}

const extension = ({ x509, AsnConvert, OctetString }: X509, extnID: string, critical: boolean, value: unknown): Extension =>
  new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const isIpv4 = (name: string): boolean => /^[\d./]+$/.test(name)
const isIpv6 = (name: string): boolean => name.includes(':')

const generalName = ({ x509 }: X509, name: string): GeneralName =>
  new x509.GeneralName(isIpv4(name) || isIpv6(name) ? { iPAddress: name } : { dNSName: name })

/** An address alone is a network of one. */
const constraint = (name: string): string => (isIpv4(name) ? `${name}/32` : isIpv6(name) ? `${name}/128` : name)

const keyIds = (tools: X509, own: KeyObject, issuer: KeyObject): Extension[] => {
  const { x509 } = tools
  return [
    extension(tools, x509.id_ce_subjectKeyIdentifier, false, new x509.SubjectKeyIdentifier(exact(keyIdentifier(own, tools)))),
    extension(
      tools,
      x509.id_ce_authorityKeyIdentifier,
      false,
      new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(exact(keyIdentifier(issuer, tools))) }),
    ),
  ]
}

const pem = (der: Buffer): string => new X509Certificate(der).toString()

/**
 * A new authority that can vouch for nothing but servers on this machine and under the names (RFC 5280, section 4.2.1.10): whoever steals
 * its key can't pass for anybody else. Its common name carries the key's identifier, so that trust stores tell old ones from new ones.
 */
export const newAuthority = async ({ key, names, validity, serialNumber }: AuthorityContent): Promise<Authority> => {
  const tools = await loadX509()
  const { x509 } = tools
  const permitted = ['localhost', '127.0.0.0/8', '::1/128', ...names.map(constraint)]
  const subject = commonName(tools, `Poolhouse local authority ${keyIdentifier(key, tools).toString('hex', 0, 4)}`)
  const extensions = [
    extension(tools, x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    extension(tools, x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign)),
    extension(tools, x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
    extension(
      tools,
      x509.id_ce_nameConstraints,
      true,
      new x509.NameConstraints({
        permittedSubtrees: new x509.GeneralSubtrees(permitted.map((name) => new x509.GeneralSubtree({ base: generalName(tools, name) }))),
      }),
    ),
    ...keyIds(tools, key, key).slice(0, 1),
  ]
  const der = signCertificate(tools, { subject, issuer: subject, publicKey: key, validity, serialNumber, extensions }, key)
  return { certificate: pem(der), key }
}

/** The certificate (PEM) for a server under the names, signed by an authority; it never outlives the authority's own. */
export const issueServerCertificate = async (authority: Authority, content: ServerCertificateContent): Promise<string> => {
  const tools = await loadX509()
  const { x509, AsnConvert } = tools
  const issuer = new X509Certificate(authority.certificate)
  const extensions = [
    extension(tools, x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })),
    extension(tools, x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)),
    extension(tools, x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
    extension(
      tools,
      x509.id_ce_subjectAltName,
      false,
      new x509.SubjectAlternativeName(content.names.map((name) => generalName(tools, name))),
    ),
    ...keyIds(tools, content.publicKey, authority.key),
  ]
  const der = signCertificate(
    tools,
    {
      // Names stand in the extension alone: a common name has 64 characters at most.
      subject: commonName(tools, 'Poolhouse development server'),
      issuer: AsnConvert.parse(issuer.raw, x509.Certificate).tbsCertificate.subject,
      publicKey: content.publicKey,
      validity: { ...content.validity, until: Math.min(content.validity.until, issuer.validToDate.getTime()) },
      serialNumber: content.serialNumber,
      extensions,
    },
    authority.key,
  )
  return pem(der)
}
