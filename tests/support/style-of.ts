import type { BrandingAsset, LoginBranding, StyleSettings } from '../../src/domain/login-branding.ts'
import type { Document } from '../../src/model/types.gen.ts'

/** A style with these settings and images, as it is stored. */
export const styleOf = (Settings: StyleSettings | undefined, images: LoginBranding['images'] = []): LoginBranding => ({
  poolUid: 'pool',
  clientUid: 'client',
  version: 3,
  UserPoolId: 'us-east-1_example',
  ManagedLoginBrandingId: '1f2e3d4c-0000-4000-8000-000000000000',
  UseCognitoProvidedValues: Settings === undefined,
  Settings,
  CreationDate: 1000,
  LastModifiedDate: 2000,
  images,
})

/** An image's place in a style. */
export const placed = (
  Category: BrandingAsset['Category'],
  ColorMode: BrandingAsset['ColorMode'] = 'LIGHT',
  ResourceId?: string,
): LoginBranding['images'][number] => ({ Category, ColorMode, ...(ResourceId !== undefined && { ResourceId }) })

/** A settings document with values at paths such as `components.form.borderRadius`. */
export const settingsWith = (values: Readonly<Record<string, Document>>): StyleSettings => {
  const settings: StyleSettings = {}
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const holder = names.reduce((at, name) => {
      at[name] ??= {}
      return at[name] as StyleSettings
    }, settings)
    holder[last] = value
  }
  return settings
}
