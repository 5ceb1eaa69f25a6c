/** What FeatureUnavailableInTierException says of features that are asked for and that the tier does not have; undefined when there are none. */
export const tierFault = (tier: string, features: readonly string[]): string | undefined =>
  features.length === 0
    ? undefined
    : `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`
