import { expect, it } from 'vitest'
import { isCallback, offersGrant, unreadableScope } from './oauth-client.ts'

it('a grant is offered by clients that list it and take part in OAuth at all', () => {
  const both = { AllowedOAuthFlows: ['code', 'implicit'] as ('code' | 'implicit')[], AllowedOAuthFlowsUserPoolClient: true }
  expect([offersGrant(both, 'code'), offersGrant(both, 'implicit')]).toEqual([true, true])
  expect(offersGrant({ ...both, AllowedOAuthFlows: ['implicit'] }, 'code')).toBe(false)
  expect(offersGrant({ ...both, AllowedOAuthFlows: undefined }, 'code')).toBe(false)
  expect(offersGrant({ ...both, AllowedOAuthFlowsUserPoolClient: false }, 'code')).toBe(false)
  expect(offersGrant({ ...both, AllowedOAuthFlowsUserPoolClient: undefined }, 'code')).toBe(false)
})

it('a callback is compared letter by letter', () => {
  const client = { CallbackURLs: ['https://app.example/cb'] }
  expect(isCallback(client, 'https://app.example/cb')).toBe(true)
  for (const other of ['https://app.example/cb/', 'https://app.example/CB', 'https://app.example/cb?', 'https://app.example', '']) {
    expect([other, isCallback(client, other)]).toEqual([other, false])
  }
  expect(isCallback({ CallbackURLs: undefined }, 'https://app.example/cb')).toBe(false)
})

it('scopes whose attributes the client may not all read are named', () => {
  const scopes = ['openid', 'email', 'phone', 'profile']
  expect(unreadableScope({ ReadAttributes: undefined }, scopes)).toBeUndefined()
  expect(unreadableScope({ ReadAttributes: ['email', 'email_verified'] }, ['openid', 'email', 'profile'])).toBeUndefined()
  expect(unreadableScope({ ReadAttributes: ['email'] }, scopes)).toBe('email')
  expect(unreadableScope({ ReadAttributes: ['email', 'email_verified', 'phone_number'] }, scopes)).toBe('phone')
  expect(unreadableScope({ ReadAttributes: ['name'] }, ['openid'])).toBeUndefined()
})
