/** The issuer of a user pool of AWS, which its id names (`us-east-1_EXAMPLE`); undefined for anything else. */
export const poolIssuer = (userPoolId: string): string | undefined => {
  const [, region] = /^([a-z]{2}(?:-[a-z]+)+-\d)_[0-9A-Za-z]+$/.exec(userPoolId) ?? []
  return region === undefined ? undefined : `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`
}
