import type { CreateUserPoolDomainRequest, UserPoolType } from '../model/types.gen.ts'
import { unavailableInTier } from './tier-fault.ts'
import type { PoolDomain, UserPool } from './user-pool.ts'

/** What a request says of a domain. */
export type DomainSettings = Omit<CreateUserPoolDomainRequest, 'UserPoolId'>

type Domains = Pick<UserPool, 'domains'>

/** Whether a domain is a custom one; any other is a prefix, which is described with an empty CustomDomainConfig. */
export const isCustomDomain = (domain: Pick<PoolDomain, 'CustomDomainConfig'>): boolean =>
  domain.CustomDomainConfig?.CertificateArn !== undefined

/** The domain of that name, where the pool has it. */
export const findDomain = ({ domains = [] }: Domains, name: string): PoolDomain | undefined => domains.find(({ Domain }) => Domain === name)

/** The pool's prefix and its custom domain as the API names them in a pool. */
export const domainNames = ({ domains = [] }: Domains): Pick<UserPoolType, 'Domain' | 'CustomDomain'> => ({
  Domain: domains.find((domain) => !isCustomDomain(domain))?.Domain,
  CustomDomain: domains.find(isCustomDomain)?.Domain,
})

/** The pool with the domain; one of the same uid is replaced. */
export const withDomain = <P extends Domains>(pool: P, domain: PoolDomain): P => ({
  ...pool,
  domains: [...withoutDomain(pool, domain).domains, domain],
})

/** The pool without the domain. */
export const withoutDomain = <P extends Domains>(pool: P, { uid }: Pick<PoolDomain, 'uid'>): P & { domains: readonly PoolDomain[] } => ({
  ...pool,
  domains: (pool.domains ?? []).filter((other) => other.uid !== uid),
})

const label = '[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?'
const prefixForm = new RegExp(`^${label}$`)
const customForm = new RegExp(`^${label}(?:\\.${label})*$`)
const reservedWords = ['aws', 'amazon', 'cognito']

// One of AWS's answers to such a name, which the API's own pattern would not let pass at all.
const invalidCharacter =
  'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. ' +
  `Please enter a different name that follows this format: ^${label}$`

/** In AWS's words; here the domain is looked at alone, and no DNS is asked. */
const notSubdomain =
  'Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain parent is a top-level domain.'

const prefixFault = (name: string): string | undefined => {
  if (!prefixForm.test(name)) return invalidCharacter
  const reserved = reservedWords.find((word) => name.includes(word))
  return reserved === undefined ? undefined : `Domain cannot contain reserved word: ${reserved}`
}

/** `localhost` is no top-level domain: names below it are for development (RFC 6761, 6.3). */
const customFault = (name: string): string | undefined => {
  if (!customForm.test(name)) return invalidCharacter
  const [last = '', ...rest] = name.split('.').reverse()
  return /^\d+$/.test(last) || rest.length < (last === 'localhost' ? 1 : 2) ? notSubdomain : undefined
}

/**
 * Why a domain can't be made or changed like this (InvalidParameterException); sentences on names are AWS's.
 * guess: the sentences on ManagedLoginVersion, on the routing of a prefix and on TLS_V1 with managed login are our own.
 */
export const domainFault = (settings: DomainSettings): string | undefined => {
  const { Domain, CustomDomainConfig, ManagedLoginVersion = 1, Routing } = settings
  const name = isCustomDomain(settings) ? customFault(Domain) : prefixFault(Domain)
  if (name !== undefined) return name
  if (ManagedLoginVersion !== 1 && ManagedLoginVersion !== 2) return 'ManagedLoginVersion must be 1 or 2.'
  if (Routing !== undefined && !isCustomDomain(settings)) return 'Routing can only be configured for custom domains.'
  if (CustomDomainConfig?.SecurityPolicy === 'TLS_V1' && ManagedLoginVersion === 2) {
    return 'Managed login requires a SecurityPolicy of TLS_V1_2_2021 or higher.'
  }
  return undefined
}

/** Whether a name is the server's own host or has the form of a prefix domain below it, so that no pool takes what all of them share. */
export const belongsToServer = (name: string, publicHost: string): boolean =>
  name === publicHost || (name.endsWith(`.${publicHost}`) && /^[^.]+\.auth\.[^.]+$/.test(name.slice(0, -publicHost.length - 1)))

/** Managed login in the refusal of a tier. guess: UpdateUserPool calls managed login as CreateUserPoolDomain does. */
export const managedLogin = 'Managed Login Version 2'

/** Whether a domain of the pool shows managed login. */
export const usesManagedLogin = ({ domains = [] }: Domains): boolean => domains.some(({ ManagedLoginVersion }) => ManagedLoginVersion === 2)

/** Why the pool's tier does not have this version of the pages (FeatureUnavailableInTierException; API_CreateUserPoolDomain). */
export const domainTierFault = (
  tier: UserPool['UserPoolTier'],
  { ManagedLoginVersion }: Pick<DomainSettings, 'ManagedLoginVersion'>,
): string | undefined => (tier === 'LITE' && ManagedLoginVersion === 2 ? unavailableInTier(tier, managedLogin) : undefined)

/**
 * Why an update can't make of the domain what it asks for: what kind of domain it is stays (terraform-provider-aws#43248).
 * guess: the sentence about a prefix that is updated with a certificate is the mirror image of AWS's about a custom domain without one.
 */
export const conversionFault = (domain: PoolDomain, settings: DomainSettings): string | undefined => {
  if (isCustomDomain(domain) === isCustomDomain(settings)) return undefined
  return isCustomDomain(domain) ? 'Cannot convert custom domain to prefix domain.' : 'Cannot convert prefix domain to custom domain.'
}
