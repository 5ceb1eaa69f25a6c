import { describe, expect, it } from 'vitest'
import { defaultRefreshValidity, type TokenValiditySettings, tokenLifetimes, tokenValidityFault } from './token-lifetimes.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('tokenLifetimes', () => {
  it.each<[TokenValiditySettings, number, number, number]>([
    [{}, hour, hour, 30 * day],
    [{ RefreshTokenValidity: 0 }, hour, hour, 30 * day],
    [{ RefreshTokenValidity: 0, TokenValidityUnits: { RefreshToken: 'minutes' } }, hour, hour, 30 * day],
    [{ AccessTokenValidity: 6, IdTokenValidity: 2, RefreshTokenValidity: 7 }, 6 * hour, 2 * hour, 7 * day],
    [
      {
        AccessTokenValidity: 5,
        IdTokenValidity: 600,
        RefreshTokenValidity: 90,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'seconds', RefreshToken: 'minutes' },
      },
      5 * minute,
      10 * minute,
      90 * minute,
    ],
  ])('%j', (client, access, id, refresh) => {
    expect(tokenLifetimes(client)).toEqual({ access, id, refresh })
  })

  it('names the default of 30 days in any unit', () => {
    expect(defaultRefreshValidity(undefined)).toBe(30)
    expect(defaultRefreshValidity('hours')).toBe(720)
    expect(
      tokenLifetimes({ RefreshTokenValidity: defaultRefreshValidity('seconds'), TokenValidityUnits: { RefreshToken: 'seconds' } }).refresh,
    ).toBe(30 * day)
  })
})

describe('tokenValidityFault', () => {
  const range = 'Invalid range for token validity.'
  const order = 'Access and Id Token expiration times must be less than or equal to refresh token expiration times.'
  const minutes = { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' } as const
  it.each<[TokenValiditySettings, string | undefined]>([
    [{}, undefined],
    [{ AccessTokenValidity: 24, IdTokenValidity: 24 }, undefined],
    [{ AccessTokenValidity: 25 }, range],
    [{ IdTokenValidity: 25 }, range],
    [{ AccessTokenValidity: 5, TokenValidityUnits: minutes }, undefined],
    [{ AccessTokenValidity: 4, TokenValidityUnits: minutes }, range],
    [{ RefreshTokenValidity: 3650 }, undefined],
    [{ RefreshTokenValidity: 3651 }, range],
    [{ RefreshTokenValidity: 60, TokenValidityUnits: minutes }, undefined],
    [{ RefreshTokenValidity: 59, AccessTokenValidity: 5, IdTokenValidity: 5, TokenValidityUnits: minutes }, range],
    [{ AccessTokenValidity: 200, RefreshTokenValidity: 90, TokenValidityUnits: minutes }, order],
    [{ IdTokenValidity: 91, RefreshTokenValidity: 90, TokenValidityUnits: minutes }, order],
    [{ IdTokenValidity: 90, RefreshTokenValidity: 90, TokenValidityUnits: minutes }, undefined],
  ])('%j', (input, fault) => {
    expect(tokenValidityFault(input)).toBe(fault)
  })
})
