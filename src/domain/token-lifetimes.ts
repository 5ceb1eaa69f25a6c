import type { TimeUnitsType, UserPoolClientType } from '../model/types.gen.ts'

const unitMs: Record<TimeUnitsType, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 }

/** The part of an app client that says how long tokens live. */
export type TokenValiditySettings = Pick<
  UserPoolClientType,
  'AccessTokenValidity' | 'IdTokenValidity' | 'RefreshTokenValidity' | 'TokenValidityUnits'
>

/** How long an app client's tokens live, in ms: by default an hour, an hour and 30 days; a RefreshTokenValidity of 0 is 30 days. */
export const tokenLifetimes = (client: TokenValiditySettings): { access: number; id: number; refresh: number } => {
  const units = client.TokenValidityUnits ?? {}
  const short = (validity: number | undefined, unit: TimeUnitsType | undefined) =>
    validity ? validity * unitMs[unit ?? 'hours'] : unitMs.hours
  return {
    access: short(client.AccessTokenValidity, units.AccessToken),
    id: short(client.IdTokenValidity, units.IdToken),
    refresh: client.RefreshTokenValidity ? client.RefreshTokenValidity * unitMs[units.RefreshToken ?? 'days'] : 30 * unitMs.days,
  }
}

/** The 30 days of a client that said nothing, as a number in the unit it asked for. */
export const defaultRefreshValidity = (unit: TimeUnitsType | undefined): number => (30 * unitMs.days) / unitMs[unit ?? 'days']

/** Why tokens can't live so long or short: access and ID 5 min to 1 day, refresh 60 min to 10 years and no shorter than the others. */
export const tokenValidityFault = (input: TokenValiditySettings): string | undefined => {
  const { access, id, refresh } = tokenLifetimes(input)
  const shortFits = (ms: number) => ms >= 5 * unitMs.minutes && ms <= unitMs.days
  const refreshFits = refresh >= 60 * unitMs.minutes && refresh <= 3650 * unitMs.days
  if (!shortFits(access) || !shortFits(id) || !refreshFits) return 'Invalid range for token validity.'
  return Math.max(access, id) > refresh
    ? 'Access and Id Token expiration times must be less than or equal to refresh token expiration times.'
    : undefined
}
