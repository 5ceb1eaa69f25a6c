import { domainFault } from '../../../src/domain/pool-domain.ts'
import type { Input } from '../../../src/model/types.gen.ts'

/** What somebody types to give a pool a domain. */
export interface NewDomain {
  readonly name: string
  readonly certificateArn: string
  readonly version: number
}

/** The empty form; the console of AWS begins with managed login too. */
export const noDomain: NewDomain = { name: '', certificateArn: '', version: 2 }

/** The call that makes it. */
export const newDomainInput = (UserPoolId: string, kind: 'cognito' | 'custom', domain: NewDomain): Input<'CreateUserPoolDomain'> => ({
  UserPoolId,
  Domain: domain.name,
  ManagedLoginVersion: domain.version,
  ...(kind === 'custom' && { CustomDomainConfig: { CertificateArn: domain.certificateArn } }),
})

/** What is wrong with the name, as a sentence of the API; nothing is wrong with none yet. */
export const domainNameFault = (kind: 'cognito' | 'custom', name: string): string | undefined => {
  if (name === '') return undefined
  if (name.length > 63) return 'A domain has at most 63 characters.'
  return domainFault(newDomainInput('', kind, { name, certificateArn: '-', version: 1 }))
}

/** What is wrong with the form, as a sentence. */
export const newDomainFault = (kind: 'cognito' | 'custom', { name, certificateArn }: NewDomain): string | undefined => {
  if (name === '') return 'The domain needs a name.'
  if (kind === 'custom' && certificateArn === '') return 'A custom domain needs the ARN of a certificate.'
  return domainNameFault(kind, name)
}
