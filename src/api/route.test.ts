import { describe, expect, it } from 'vitest'
import { CognitoError } from '../errors.ts'
import { type Route, routeOf } from './route.ts'

const json = 'application/x-amz-json-1.1'
const route = (target: string | undefined, contentType: string | undefined): Route =>
  routeOf({ headers: { ...(target !== undefined && { 'x-amz-target': target }), ...(contentType && { 'content-type': contentType }) } })

describe('routeOf', () => {
  it.each([json, `${json}; charset=utf-8`, 'Application/X-Amz-Json-1.1'])('finds the operation of a %s request', (contentType) => {
    expect(route('AWSCognitoIdentityProviderService.SignUp', contentType)).toMatchObject({ name: 'SignUp' })
  })

  it('tells a request without target from one in another content type', () => {
    expect(route(undefined, json)).toBe('no target')
    expect(route('', json)).toBe('no target')
    for (const other of ['application/json', 'application/x-www-form-urlencoded', 'application/x-amz-json-1.10', undefined]) {
      expect(route('AWSCognitoIdentityProviderService.SignUp', other)).toBe('wrong content type')
    }
  })

  it.each([
    'AWSCognitoIdentityProviderService.SignOut',
    'AWSCognitoIdentityProviderService.signUp',
    'AWSCognitoIdentityProviderService.constructor',
    'AWSCognitoIdentityProviderService.__proto__',
    'AWSCognitoIdentityProviderService.',
    'AWSCognitoIdentityService.SignUp',
    'x.AWSCognitoIdentityProviderService.SignUp',
    '.SignUp',
    'SignUp',
  ])('knows no operation %s', (target) => {
    expect(() => route(target, json)).toThrow(new CognitoError('UnknownOperationException', ''))
  })
})
