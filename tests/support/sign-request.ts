import { canonicalRequest, type SignedRequest } from '../../src/crypto/canonical-request.ts'
import { signature } from '../../src/crypto/verify-signature.ts'

interface Credentials {
  readonly accessKeyId: string
  readonly secretKey: string
}

/** The headers to send: those of the request plus X-Amz-Date and Authorization; signs Host (which must be given), Content-Type and X-Amz-*. */
export const signRequest = (
  request: SignedRequest & { headers: Readonly<Record<string, string>> },
  credentials: Credentials,
  { region, service }: { region: string; service: string },
  now: number,
): Record<string, string> => {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const scope = { date: timestamp.slice(0, 8), region, service }
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': timestamp }
  const names = [...new Set(Object.keys(headers).map((name) => name.toLowerCase()))].sort()
  const signedHeaders = names.filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
  const value = signature(credentials.secretKey, scope, timestamp, canonicalRequest({ ...request, headers }, signedHeaders))
  const credential = `${credentials.accessKeyId}/${scope.date}/${region}/${service}/aws4_request`
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${value}`,
  }
}
