import { awsEndpoint } from '../domain/aws-endpoint.ts'

/** The issuer of a user pool of AWS, which its id names (`us-east-1_EXAMPLE`); undefined for anything else. */
export const poolIssuer = (userPoolId: string): string | undefined => {
  const [, region] = /^([a-z]+(?:-[a-z]+)+-\d+)_[0-9A-Za-z]+$/.exec(userPoolId) ?? []
  return region === undefined ? undefined : `${awsEndpoint(region)}/${userPoolId}`
}
