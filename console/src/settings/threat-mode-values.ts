import type { AdvancedSecurityModeType, UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** What the console calls the modes of threat protection. */
export const threatModes: Readonly<Record<AdvancedSecurityModeType, string>> = {
  OFF: 'No enforcement',
  AUDIT: 'Audit only',
  ENFORCED: 'Full function',
}

/** Threat protection as it is chosen, for sign-ins with passwords and for custom challenges. */
export interface ThreatModeValues {
  readonly standard: AdvancedSecurityModeType
  readonly custom: AdvancedSecurityModeType
}

/** The form of a pool's modes. */
export const threatModeValues = ({ UserPoolAddOns: addOns }: UserPoolType): ThreatModeValues => ({
  standard: addOns?.AdvancedSecurityMode ?? 'OFF',
  custom: addOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode ?? 'OFF',
})

/** What changes; custom authentication without a mode is left out, because the API has no word for it. */
export const threatModeChanges = ({ standard, custom }: ThreatModeValues): PoolChanges => ({
  UserPoolAddOns: {
    AdvancedSecurityMode: standard,
    ...(custom !== 'OFF' && { AdvancedSecurityAdditionalFlows: { CustomAuthMode: custom } }),
  },
})
