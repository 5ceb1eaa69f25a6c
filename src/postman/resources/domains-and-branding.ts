import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const domain = { Domain: '{{practice_name}}' }
const style = { ManagedLoginBrandingId: '{{branding_id}}' }

/** Operations on domains, and on the looks of the pages that are served there. */
export const domainsAndBrandingFolder = ({ practice }: ResourceCalls): Folder => ({
  name: 'Domains and branding',
  item: [
    practice('CreateUserPoolDomain', { ...domain, ManagedLoginVersion: 1 }),
    practice('DescribeUserPoolDomain', domain),
    practice('SetUICustomization', { CSS: '.banner-customizable { background-color: #2e3a59; }' }),
    practice('GetUICustomization'),
    practice('UpdateUserPoolDomain', { ...domain, ManagedLoginVersion: 2 }),
    practice(
      'CreateManagedLoginBranding',
      { UseCognitoProvidedValues: true },
      { keeps: { branding_id: 'ManagedLoginBranding.ManagedLoginBrandingId' } },
    ),
    practice('DescribeManagedLoginBranding', { ...style, ReturnMergedResources: true }),
    practice('DescribeManagedLoginBrandingByClient'),
    practice('UpdateManagedLoginBranding', {
      UserPoolId: '{{practice_pool_id}}',
      ...style,
      Settings: { components: { pageBackground: { image: { enabled: false } } } },
    }),
    practice('DeleteManagedLoginBranding', style),
    practice('DeleteUserPoolDomain', domain),
  ],
})
