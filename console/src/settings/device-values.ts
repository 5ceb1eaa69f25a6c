import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** Device tracking as it is chosen. */
export interface DeviceValues {
  readonly remember: 'no' | 'always' | 'optIn'
  readonly suppressesMfa: boolean
}

/** The form of a pool's device tracking: it is off where the pool has no configuration at all (API_DeviceConfigurationType). */
export const deviceValues = ({ DeviceConfiguration: config }: UserPoolType): DeviceValues => ({
  remember: config === undefined ? 'no' : config.DeviceOnlyRememberedOnUserPrompt ? 'optIn' : 'always',
  suppressesMfa: config?.ChallengeRequiredOnNewDevice ?? false,
})

/** What changes. */
export const deviceChanges = ({ remember, suppressesMfa }: DeviceValues): PoolChanges => ({
  DeviceConfiguration:
    remember === 'no' ? undefined : { ChallengeRequiredOnNewDevice: suppressesMfa, DeviceOnlyRememberedOnUserPrompt: remember === 'optIn' },
})
