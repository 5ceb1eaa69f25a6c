import type { DcrConfigurationType, OAuthFlowType, UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** The grants that registered app clients can have. */
export const registrationGrants: readonly { readonly value: OAuthFlowType; readonly text: string }[] = [
  { value: 'code', text: 'Authorization code grant' },
  { value: 'client_credentials', text: 'Client credentials grant' },
]

/** Dynamic client registration as it is chosen. */
export interface RegistrationValues {
  readonly isOn: boolean
  readonly isOpen: boolean
  readonly grants: readonly OAuthFlowType[]
  readonly openGrants: readonly OAuthFlowType[]
  readonly scopes: readonly string[]
}

const usual = {
  AuthenticatedGrantTypes: ['code', 'client_credentials'],
  OpenDcrGrantTypes: ['code'],
} as const satisfies DcrConfigurationType

/** The form of a pool's registration (defaults of DcrConfigurationType). */
export const registrationValues = ({ DcrConfiguration: given }: UserPoolType): RegistrationValues => ({
  isOn: given !== undefined && given.EnableStatus !== 'Disabled',
  isOpen: given?.OpenDcrEnabled ?? false,
  grants: given?.AuthenticatedGrantTypes ?? usual.AuthenticatedGrantTypes,
  openGrants: given?.OpenDcrGrantTypes ?? usual.OpenDcrGrantTypes,
  scopes: given?.AllowedScopes ?? [],
})

/** What changes. */
export const registrationChanges = ({ isOn, isOpen, grants, openGrants, scopes }: RegistrationValues): PoolChanges => ({
  DcrConfiguration: {
    EnableStatus: isOn ? 'Enabled' : 'Disabled',
    OpenDcrEnabled: isOpen,
    AuthenticatedGrantTypes: [...grants],
    OpenDcrGrantTypes: [...openGrants],
    AllowedScopes: scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''),
  },
})
