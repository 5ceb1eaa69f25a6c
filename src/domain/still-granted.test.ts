import { expect, it } from 'vitest'
import { stillGranted } from './still-granted.ts'

it.each([
  [
    ['openid', 'api/read'],
    ['api/read', 'openid', 'api/write'],
    ['openid', 'api/read'],
  ],
  [['openid', 'api/read'], ['openid'], ['openid']],
  [
    ['openid', 'email', 'phone'],
    ['openid', 'phone'],
    ['openid', 'phone'],
  ],
  // openid alone opens every attribute.
  [['openid', 'email', 'api/read'], ['openid', 'api/read'], ['api/read']],
  [['openid', 'email'], ['openid'], []],
  [['openid'], ['email', 'phone'], []],
  [[], ['openid'], []],
])('of %j, with %j, %j are left', (scopes, active, left) => {
  expect(stillGranted(scopes, active)).toEqual(left)
})
