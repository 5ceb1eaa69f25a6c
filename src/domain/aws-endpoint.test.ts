import { expect, it } from 'vitest'
import { awsEndpoint } from './aws-endpoint.ts'

it.each([
  ['eu-central-1', 'https://cognito-idp.eu-central-1.amazonaws.com'],
  ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu'],
])('the region %s is served at %s', (region, endpoint) => {
  expect(awsEndpoint(region)).toBe(endpoint)
})
