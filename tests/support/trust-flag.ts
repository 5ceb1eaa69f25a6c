import { createHash, X509Certificate } from 'node:crypto'
import type { Poolhouse } from '../../src/lib.ts'
import { httpsGet } from './https-get.ts'

/** What has Chromium trust the key of a server with `tls`, once its local authority was seen to vouch for it. */
export const trustFlag = async ({ url, certificateAuthority }: Pick<Poolhouse, 'url' | 'certificateAuthority'>): Promise<string> => {
  const { certificate } = await httpsGet(`${url}/health`, certificateAuthority)
  const key = new X509Certificate(certificate.raw).publicKey.export({ type: 'spki', format: 'der' })
  return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`
}
