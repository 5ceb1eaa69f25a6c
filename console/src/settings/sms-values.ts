import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'
import { textOrNone } from './setting-values.ts'

/** How a pool sends SMS, as it is typed. */
export interface SmsValues {
  readonly callerArn: string
  readonly externalId: string
  readonly region: string
}

/** The form of a pool's SMS. */
export const smsValues = ({ SmsConfiguration: config = {} }: UserPoolType): SmsValues => ({
  callerArn: config.SnsCallerArn ?? '',
  externalId: config.ExternalId ?? '',
  region: config.SnsRegion ?? '',
})

/** What changes; without a role the pool sends no SMS, and what else the configuration has is kept. */
export const smsChanges = ({ callerArn, externalId, region }: SmsValues, { SmsConfiguration }: UserPoolType): PoolChanges => ({
  SmsConfiguration:
    textOrNone(callerArn) === undefined
      ? undefined
      : { ...SmsConfiguration, SnsCallerArn: callerArn.trim(), ExternalId: textOrNone(externalId), SnsRegion: textOrNone(region) },
})
