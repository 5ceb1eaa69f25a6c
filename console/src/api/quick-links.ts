import { poolUrl } from '../../../src/domain/pool-url.ts'
import type { UserPoolClientType, UserPoolType } from '../../../src/model/types.gen.ts'

/** Where the pool's sign-in pages are, without a slash at the end. */
export const pagesOfPool = (publicUrl: string, pool: UserPoolType): string => {
  const domain = { uid: '', ManagedLoginVersion: 2 }
  const domains = [
    ...(pool.Domain === undefined ? [] : [{ ...domain, Domain: pool.Domain }]),
    ...(pool.CustomDomain === undefined ? [] : [{ ...domain, Domain: pool.CustomDomain, CustomDomainConfig: { CertificateArn: '' } }]),
  ]
  return poolUrl(publicUrl, { domains, region: (pool.Id ?? '').split('_', 1)[0] ?? '' })
}

/** The sign-in page as the app client would open it; undefined for a client that can't. */
export const signInPage = (publicUrl: string, pool: UserPoolType, client: UserPoolClientType): string | undefined => {
  const grant = client.AllowedOAuthFlows?.find((one) => one !== 'client_credentials')
  const callback = client.DefaultRedirectURI ?? client.CallbackURLs?.[0]
  if (client.AllowedOAuthFlowsUserPoolClient !== true || grant === undefined || callback === undefined) return undefined
  const query = new URLSearchParams({
    client_id: client.ClientId ?? '',
    response_type: grant === 'code' ? 'code' : 'token',
    scope: (client.AllowedOAuthScopes ?? []).join(' '),
    redirect_uri: callback,
  })
  return `${pagesOfPool(publicUrl, pool)}/login?${query.toString().replace(/%20/g, '+')}`
}

/** Where OpenID Connect libraries find out about the pool. */
export const discoveryUrl = (publicUrl: string, { Id = '' }: UserPoolType): string => `${publicUrl}/${Id}/.well-known/openid-configuration`
