import { SimpleJwksCache } from 'aws-jwt-verify/jwk'

/** Fetches from a server what aws-jwt-verify would fetch by TLS from Amazon's address. */
export const jwksCacheOf = (url: string): SimpleJwksCache =>
  new SimpleJwksCache({
    fetcher: { fetch: async (uri) => (await fetch(uri.replace('https://cognito-idp.us-east-1.amazonaws.com', url))).arrayBuffer() },
  })
