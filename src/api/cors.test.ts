import { expect, it } from 'vitest'
import { corsHeaders, preflightReply } from './cors.ts'

it('must-not-happen 42: lets any page call, never with credentials', () => {
  expect(corsHeaders['access-control-allow-origin']).toBe('*')
  expect(Object.keys({ ...corsHeaders, ...preflightReply.headers })).not.toContain('access-control-allow-credentials')
})

it('allows in the pre-flight what browser clients send', () => {
  const allowed = preflightReply.headers['access-control-allow-headers']?.toLowerCase().split(',')
  // Amplify 6, AWS SDK 3 in a browser (signed), amazon-cognito-identity-js
  for (const header of [
    'content-type',
    'cache-control',
    'x-amz-target',
    'x-amz-user-agent',
    'authorization',
    'x-amz-date',
    'x-amz-content-sha256',
    'x-amz-security-token',
    'amz-sdk-invocation-id',
    'amz-sdk-request',
  ]) {
    expect(allowed).toContain(header)
  }
  expect(preflightReply.headers['access-control-allow-methods']).toContain('POST')
})
