import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type TrustCommands, trustCommands } from '../server/tls/trust-commands.ts'

/** The common name of a certificate (PEM) whose subject is nothing else. */
export const commonNameOf = (certificate: string): string => new X509Certificate(certificate).subject.replace(/^CN=/, '')

/** The commands of this machine for an authority's certificate in a file. */
export const trustCommandsHere = async (path: string, certificate: string): Promise<TrustCommands> => {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return trustCommands({ platform: process.platform, osRelease }, path, commonNameOf(certificate))
}
