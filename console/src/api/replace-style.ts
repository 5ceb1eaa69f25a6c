import type { StyleSettings } from '../../../src/domain/login-branding.ts'
import type { ManagedLoginBrandingType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'

/**
 * Makes a style's settings and images exactly these. An update only puts things over what is there, so everything is taken away first; when
 * the second call fails, the same can be tried again. Throws ApiError.
 */
export const replaceStyle = async (
  { UserPoolId, ManagedLoginBrandingId }: ManagedLoginBrandingType,
  { settings, assets }: { readonly settings: StyleSettings | undefined; readonly assets: ManagedLoginBrandingType['Assets'] },
): Promise<void> => {
  const ids = { UserPoolId, ManagedLoginBrandingId }
  await call('UpdateManagedLoginBranding', { ...ids, UseCognitoProvidedValues: true, Assets: assets ?? [] })
  if (settings !== undefined) await call('UpdateManagedLoginBranding', { ...ids, Settings: settings })
}
