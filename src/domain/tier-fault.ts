/** What FeatureUnavailableInTierException says of a feature that the tier does not have, where a request asks for that one alone (as clients report it). */
export const unavailableInTier = (tier: string, feature: string): string =>
  `The following feature is not available for the ${tier} pricing tier configured: ${feature}`

/** What FeatureUnavailableInTierException says of features that are asked for and that the tier does not have; undefined when there are none. */
export const tierFault = (tier: string, features: readonly string[]): string | undefined =>
  features.length === 0
    ? undefined
    : `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`
