import type { ClientSSOSessionConfigType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { tierFault } from './tier-fault.ts'
import type { PoolSessionSettings, UserPool } from './user-pool.ts'

/** A pool's session settings, by default no tracking and 20 sessions of a user (API_GetUserPoolSessionConfiguration). */
export const poolSessionSettings = ({ sessions }: Pick<UserPool, 'sessions'>): PoolSessionSettings =>
  sessions ?? { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } }

/** An app client's, by default 60 minutes of silent sign-in (API_GetUserPoolClientSessionConfiguration). */
export const clientSessionSettings = ({ ssoSession }: Pick<AppClient, 'ssoSession'>): ClientSSOSessionConfigType =>
  ssoSession ?? { MaxValidityMinutes: 60 }

/**
 * How many SSO sessions a user has at most. guess: a user has 25 SSO sessions at most, because lists have 125 sessions and 100 of them may be
 * token sessions; a sign-in beyond that ends the one that was used longest ago.
 */
export const mostSsoSessions = 25

/** No login session is taken for longer, in ms: 90 days (API_ClientSSOSessionConfigType). */
export const longestLogin = 90 * 86_400_000

/** Whether sessions of the pool are listed. */
export const tracksSessions = (pool: Pick<UserPool, 'sessions'>): boolean => poolSessionSettings(pool).UserSessionTracking === 'ENABLED'

/**
 * Why the pool's tier has no session settings (FeatureUnavailableInTierException).
 * guess: the name of session management in the tier's refusal is our own.
 */
export const sessionTierFault = (tier: UserPool['UserPoolTier']): string | undefined =>
  tier === 'LITE' ? tierFault(tier, ['Session Management']) : undefined
