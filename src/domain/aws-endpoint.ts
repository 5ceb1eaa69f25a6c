/** Of the partitions whose regions have names of their own; every other region is below amazonaws.com. */
const suffixes: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^eusc-/, 'amazonaws.eu'],
]

/** The address of the API of user pools at AWS in a region; with a slash and a pool's id behind it, the issuer of that pool's tokens. */
export const awsEndpoint = (region: string): string =>
  `https://cognito-idp.${region}.${suffixes.find(([pattern]) => pattern.test(region))?.[1] ?? 'amazonaws.com'}`
