import type { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../context.ts'
import { type ReadCertificate, readCertificate } from './read-certificate.ts'
import type { TlsIdentity } from './tls-identity.ts'

/** The files of a certificate and of its key. */
export interface FileIdentityOptions {
  readonly certPath: string
  readonly keyPath: string
  /** The host of the public URL, which the certificate should be for. */
  readonly publicHost: string | undefined
  readonly clock: Clock
  readonly log: Log
}

const soon = 14 * 86_400_000
const mebibyte = 1024 * 1024

/** The certificate of an operator, read again when a file changes; one that can't be used any more leaves the last one in its place. */
export const openFileIdentity = async (options: FileIdentityOptions): Promise<TlsIdentity | { readonly fault: string }> => {
  const { certPath, keyPath, publicHost, clock, log } = options
  const read = async (): Promise<ReadCertificate | { readonly fault: string }> => {
    const cert = await readText(certPath, 'certificate', 'tls-cert')
    if ('fault' in cert) return cert
    const key = await readText(keyPath, 'private key', 'tls-key')
    if ('fault' in key) return key
    return readCertificate({ cert: cert.text, key: key.text, certPath, keyPath }, clock.now())
  }

  if (await isEverybodys(keyPath)) log.warn({ path: keyPath }, 'every user of this machine can read the private key of the TLS certificate')
  let seen = await versionOf(certPath, keyPath)
  const first = await read()
  if ('fault' in first) return first
  let inUse = first
  let mayWarn = true
  if (publicHost !== undefined && !isFor(first.certificate, publicHost))
    log.warn({ host: publicHost, names: inUse.certificate.subjectAltName }, 'the TLS certificate is not for the host of public-url')

  const warnOfEnd = () => {
    const { validTo, validToDate } = inUse.certificate
    if (!mayWarn || validToDate.getTime() - clock.now() > soon) return
    mayWarn = false
    log.warn({ path: certPath, until: validTo }, 'the TLS certificate ends soon; renew it')
  }
  warnOfEnd()
  return {
    current: first,
    renew: async () => {
      warnOfEnd()
      const version = await versionOf(certPath, keyPath)
      if (version === seen) return undefined
      // Of two files that are written one after the other, the second one brings another version.
      seen = version
      const again = await read()
      if ('fault' in again) {
        log.warn({ fault: again.fault }, 'the TLS certificate changed, but the new one can not be used; the old one stays')
        return undefined
      }
      inUse = again
      mayWarn = true
      log.info({ path: certPath, until: again.certificate.validTo }, 'the TLS certificate was read again')
      return again
    },
  }
}

const isEverybodys = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mode }) => (mode & 0o004) !== 0,
    () => false,
  )

const isFor = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined

/** What changes when a file is written or replaced, also behind a symbolic link. */
const versionOf = async (...paths: readonly string[]): Promise<string> => {
  const versions = paths.map(async (path) => {
    const { ino, mtimeMs, size } = await stat(path)
    return `${ino} ${mtimeMs} ${size}`
  })
  return (await Promise.allSettled(versions)).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'missing')).join(', ')
}

const readText = async (path: string, what: string, setting: string): Promise<{ readonly text: string } | { readonly fault: string }> => {
  try {
    const found = await stat(path)
    if (!found.isFile()) return { fault: `The ${what} ${path} (${setting}) is not a regular file.` }
    if (found.size > mebibyte) return { fault: `The ${what} ${path} (${setting}) is too big to be one.` }
    return { text: await readFile(path, 'utf8') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return { fault: `There is no ${what} at ${path}. Name its PEM file with ${setting}.` }
    if (code === 'EACCES')
      return { fault: `The ${what} ${path} (${setting}) can't be read by this user. Make it readable for the one that runs Poolhouse.` }
    return { fault: `The ${what} ${path} (${setting}) can't be read (${code ?? error}).` }
  }
}
