import { poolUrl } from '../../../src/domain/pool-url.ts'
import type { UserPoolType } from '../../../src/model/types.gen.ts'

/** Where the pool's sign-in pages are, without a slash at the end. */
export const pagesOfPool = (publicUrl: string, pool: UserPoolType): string => {
  const domain = { uid: '', ManagedLoginVersion: 2 }
  const domains = [
    ...(pool.Domain === undefined ? [] : [{ ...domain, Domain: pool.Domain }]),
    ...(pool.CustomDomain === undefined ? [] : [{ ...domain, Domain: pool.CustomDomain, CustomDomainConfig: { CertificateArn: '' } }]),
  ]
  return poolUrl(publicUrl, { domains, region: (pool.Id ?? '').split('_', 1)[0] ?? '' })
}

/** Where OpenID Connect libraries find out about the pool. */
export const discoveryUrl = (publicUrl: string, { Id = '' }: UserPoolType): string => `${publicUrl}/${Id}/.well-known/openid-configuration`
