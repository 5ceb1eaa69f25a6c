import type { Context } from '../../context.ts'
import { isCustomDomain } from '../../domain/pool-domain.ts'
import type { PoolDomain, UserPool } from '../../domain/user-pool.ts'
import type { CreateUserPoolDomainResponse, CustomDomainConfigType, DomainDescriptionType } from '../../model/types.gen.ts'

/** What a domain's DNS record has to point to: this server's own public host, where AWS has a CloudFront distribution. */
export const publicHost = (ctx: Context): string => new URL(ctx.policy.publicUrl).hostname

/** What is answered when a domain is made or changed; the DNS target for custom domains only (API_CreateUserPoolDomain). */
export const changedDomain = (ctx: Context, domain: PoolDomain): CreateUserPoolDomainResponse => ({
  ManagedLoginVersion: domain.ManagedLoginVersion,
  CloudFrontDomain: isCustomDomain(domain) ? publicHost(ctx) : undefined,
  Routing: domain.Routing,
})

/**
 * A domain as the API describes it, without what tells of AWS's own machinery alone: S3Bucket and Version. Measured on AWS: a prefix has a
 * CustomDomainConfig too, an empty one.
 */
export const describedDomain = (ctx: Context, pool: UserPool, domain: PoolDomain): DomainDescriptionType => ({
  ...domain,
  CustomDomainConfig: domain.CustomDomainConfig ?? ({} as CustomDomainConfigType),
  UserPoolId: pool.Id,
  AWSAccountId: ctx.policy.accountId,
  CloudFrontDistribution: publicHost(ctx),
  Status: 'ACTIVE',
})
