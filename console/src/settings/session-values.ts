import type { Input, Output } from '../../../src/model/types.gen.ts'
import { numberFault } from './setting-values.ts'

/** The sessions of a pool's users as they are typed. */
export interface SessionValues {
  readonly tracks: boolean
  readonly most: string
}

/** The form of a pool's session settings. */
export const sessionValues = ({ UserSessionTracking, TokenSession }: Output<'GetUserPoolSessionConfiguration'>): SessionValues => ({
  tracks: UserSessionTracking === 'ENABLED',
  most: String(TokenSession?.MaxPerUser ?? 20),
})

/** What is wrong with it, as a sentence (API_UserPoolTokenSessionConfigType). */
export const sessionFault = ({ most }: SessionValues): string | undefined => numberFault('The number of sessions', most, 1, 100)

/** What is sent; the call replaces the whole configuration. */
export const sessionChanges = (UserPoolId: string, { tracks, most }: SessionValues): Input<'SetUserPoolSessionConfiguration'> => ({
  UserPoolId,
  UserSessionTracking: tracks ? 'ENABLED' : 'DISABLED',
  TokenSession: { MaxPerUser: Number(most) },
})

/** What is wrong with the minutes of silent sign-in, as a sentence (API_ClientSSOSessionConfigType). */
export const silentFault = (minutes: string): string | undefined => numberFault('The duration', minutes, 0, 129_600)

/** Minutes as a person says them. */
export const silentText = (minutes: number): string => {
  if (minutes === 0) return 'Never: users sign in again every time'
  const units = [
    [1440, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const
  const [size, name] = units.find(([one]) => minutes % one === 0) ?? [1, 'minute']
  const count = minutes / size
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
