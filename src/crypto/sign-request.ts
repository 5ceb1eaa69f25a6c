import { canonicalRequest, type SignedRequest } from './canonical-request.ts'
import { algorithm, terminator } from './parse-authorization.ts'
import { signature } from './verify-signature.ts'

/** What signs under AWS Signature Version 4; temporary credentials have a session token. */
export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretKey: string
  readonly sessionToken?: string | undefined
}

/**
 * The headers to send with a request signed at `at` (epoch ms): its own, X-Amz-Date, X-Amz-Security-Token where there is a session token,
 * and Authorization. Signs Host (which must be given), Content-Type and X-Amz-* (IAM guide, "Create a signed AWS API request").
 */
export const signRequest = (
  request: SignedRequest & { headers: Readonly<Record<string, string>> },
  { accessKeyId, secretKey, sessionToken }: SigningCredentials,
  { region, service }: { readonly region: string; readonly service: string },
  at: number,
): Record<string, string> => {
  const timestamp = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const scope = { date: timestamp.slice(0, 8), region, service }
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-date': timestamp,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const names = [...new Set(Object.keys(headers).map((name) => name.toLowerCase()))].sort()
  const signedHeaders = names.filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
  const value = signature(secretKey, scope, timestamp, canonicalRequest({ ...request, headers }, signedHeaders))
  const credential = `${accessKeyId}/${scope.date}/${region}/${service}/${terminator}`
  return {
    ...headers,
    authorization: `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${value}`,
  }
}
