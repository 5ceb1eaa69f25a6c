import { createHash, generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto'

/** The public half of an RSA key as a JSON Web Key (RFC 7517) without its use, algorithm and id. */
export interface RsaPublicJwk {
  kty: 'RSA'
  n: string
  e: string
}

/** A new signing key: the private half as PKCS #8 DER (to be sealed), the public half for the JWKS. */
export interface SigningKeyPair {
  privateKeyPkcs8: Buffer
  publicJwk: RsaPublicJwk
}

/**
 * Makes an RSA-2048 key on the thread pool (50 to 500 ms). The one function here that is not deterministic: OpenSSL searches the
 * primes with its own generator and takes no entropy from outside.
 */
export const newSigningKeyPair = async (): Promise<SigningKeyPair> => {
  const { privateKey, publicKey } = await new Promise<KeyPairKeyObjectResult>((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: 2048 }, (error, publicKey, privateKey) =>
      error ? reject(error) : resolve({ publicKey, privateKey }),
    )
  })
  const { n, e } = publicKey.export({ format: 'jwk' })
  if (n === undefined || e === undefined) throw new Error('OpenSSL exported an RSA key without modulus')
  return { privateKeyPkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }), publicJwk: { kty: 'RSA', n, e } }
}

/** The `kid` of a key: base64 of its SHA-256 thumbprint (RFC 7638), 44 characters ending in `=` as Cognito's do. */
export const keyId = ({ kty, n, e }: RsaPublicJwk): string => createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64')
