/** The `iss` of a pool's tokens, which is also where verifiers look for its keys. */
export const issuerOf = (policy: { readonly publicUrl: string; readonly issuer: 'own' | 'aws' }, region: string, poolId: string): string =>
  policy.issuer === 'aws' ? `https://cognito-idp.${region}.amazonaws.com/${poolId}` : `${policy.publicUrl}/${poolId}`
