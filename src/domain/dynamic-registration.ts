import type { DcrConfigurationType, OAuthFlowType, ResourceServerType } from '../model/types.gen.ts'
import type { UserPool } from './user-pool.ts'

const serverIdentifier = 'aws.cognito/dcr'
const scopeName = 'register'

/** The scope that an initial access token needs (developer guide, "Dynamic client registration"). */
export const registrationScope = `${serverIdentifier}/${scopeName}`

/** The scopes that every registered app client may have (DcrConfigurationType, AllowedScopes). */
const openIdScopes: readonly string[] = ['openid', 'email', 'phone', 'profile']

/** Whether the initial access token of an app client came with a registration, or nothing did. */
export type RegistrationKind = 'authenticated' | 'open'

type Registering = Pick<UserPool, 'DcrConfiguration' | 'UserPoolTier'>

/** Whether app clients can register themselves in the pool: only where that is configured, and never on LITE. */
export const allowsRegistration = ({ DcrConfiguration, UserPoolTier }: Registering): boolean =>
  UserPoolTier !== 'LITE' && DcrConfiguration !== undefined && DcrConfiguration.EnableStatus !== 'Disabled'

/** Whether that needs no initial access token. */
export const allowsOpenRegistration = (pool: Registering): boolean =>
  allowsRegistration(pool) && pool.DcrConfiguration?.OpenDcrEnabled === true

/** The grants that a registration of this kind may ask for; none when the pool has an empty list of them (DcrConfigurationType). */
export const registrableGrants = ({ DcrConfiguration }: Registering, kind: RegistrationKind): OAuthFlowType[] => {
  const { AuthenticatedGrantTypes = ['code', 'client_credentials'], OpenDcrGrantTypes = ['code'] } = DcrConfiguration ?? {}
  const configured = kind === 'open' ? OpenDcrGrantTypes : AuthenticatedGrantTypes
  return configured.filter((grant) => grant !== 'implicit')
}

/** The scopes that a registered app client may ask for, whether or not a resource server has them; never the one that registers. */
export const registrableScopes = ({ DcrConfiguration }: Registering): string[] =>
  [...new Set([...openIdScopes, ...(DcrConfiguration?.AllowedScopes ?? [])])].filter((scope) => scope !== registrationScope)

/**
 * The configuration as the pool keeps it. One that says nothing of EnableStatus turns registration on (DcrConfigurationType).
 * guess: DescribeUserPool shows EnableStatus and OpenDcrEnabled of a DcrConfiguration that left them out.
 */
export const storedRegistration = (given: DcrConfigurationType | undefined): DcrConfigurationType | undefined =>
  given && { ...given, EnableStatus: given.EnableStatus ?? 'Enabled', OpenDcrEnabled: given.OpenDcrEnabled ?? false }

/**
 * The resource server that comes and goes with registration, and nobody makes or changes. guess: it is called aws.cognito/dcr, and
 * DescribeResourceServer and ListResourceServers show it while the pool has registration turned on.
 */
export const managedServers = (pool: Registering & Pick<UserPool, 'Id'>): ResourceServerType[] =>
  allowsRegistration(pool)
    ? [
        {
          UserPoolId: pool.Id,
          Identifier: serverIdentifier,
          Name: serverIdentifier,
          Scopes: [{ ScopeName: scopeName, ScopeDescription: 'Register app clients' }],
          ManagedBy: 'COGNITO',
        },
      ]
    : []
