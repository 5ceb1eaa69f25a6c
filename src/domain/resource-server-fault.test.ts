import { describe, expect, it } from 'vitest'
import { identifierFault, resourceServerFault } from './resource-server-fault.ts'

describe('the identifier of a resource server', () => {
  it.each(['aws.cognito', 'aws.cognito/dcr', 'aws.cognito.signin', 'AWS.Cognito/dcr'])(
    'is not %s, which is the service’s own',
    (identifier) => {
      expect(identifierFault(identifier)).toBe(`The identifier ${identifier} is reserved.`)
    },
  )

  it.each(['https://api.example.org', 'aws.cognitoes', 'my/aws.cognito'])('can be %s', (identifier) => {
    expect(identifierFault(identifier)).toBeUndefined()
  })
})

describe('the scopes of a resource server', () => {
  const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: 'x' })

  it('have different names', () => {
    expect(resourceServerFault([scope('read'), scope('write')])).toBeUndefined()
    expect(resourceServerFault([scope('read'), scope('write'), scope('read')])).toBe('The scope read is given more than once.')
  })

  it('may be none', () => {
    expect(resourceServerFault(undefined)).toBeUndefined()
  })
})
