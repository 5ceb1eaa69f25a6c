import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { selfSignedCertificate } from './self-signed-certificate.ts'

it('makes a certificate that Node reads, that its own key signs and that names its pool and time', async () => {
  const [from, until] = [Date.UTC(2026, 0, 1), Date.UTC(2036, 0, 1)]
  const { certificate, privateKey } = await selfSignedCertificate('us-east-1_Example', { from, until }, Uint8Array.of(0x4a, 1, 2, 3))
  const read = new X509Certificate(Buffer.from(certificate, 'base64'))
  expect(read.subject).toBe('CN=us-east-1_Example')
  expect(read.issuer).toBe(read.subject)
  expect(read.serialNumber).toBe('4A010203')
  expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([from, until])
  expect(read.verify(read.publicKey)).toBe(true)
  expect(read.checkPrivateKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }))).toBe(true)
})
