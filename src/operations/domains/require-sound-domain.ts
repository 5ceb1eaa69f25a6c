import { type DomainSettings, domainFault, domainTierFault, findDomain } from '../../domain/pool-domain.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'

/** The pool's domain of that name; throws InvalidParameterException in AWS's words. */
export const openDomain = (pool: UserPool, name: string): PoolDomain => {
  const domain = findDomain(pool, name)
  if (domain === undefined) throw invalidParameter('No such domain or user pool exists.')
  return domain
}

/** Throws InvalidParameterException or FeatureUnavailableInTierException for settings that the pool can't have. */
export const requireSoundDomain = (pool: UserPool, settings: DomainSettings): void => {
  const fault = domainFault(settings)
  if (fault !== undefined) throw invalidParameter(fault)
  const tier = domainTierFault(pool.UserPoolTier, settings)
  if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
}
