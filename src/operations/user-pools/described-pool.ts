import { acrLevels } from '../../domain/acr-configuration.ts'
import { describedSms } from '../../domain/mfa-config.ts'
import { domainNames } from '../../domain/pool-domain.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { UserPoolType } from '../../model/types.gen.ts'

/**
 * A user pool as the API describes it: with the names of its domains and of all authentication levels (developer guide, "Configuring ACR
 * level names").
 */
export const describedPool = (pool: UserPool): UserPoolType => ({
  ...pool,
  ...domainNames(pool),
  SmsConfiguration: describedSms(pool),
  AcrConfiguration: acrLevels(pool.AcrConfiguration),
})
