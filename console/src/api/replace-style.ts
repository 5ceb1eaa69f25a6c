import type { StyleSettings } from '../../../src/domain/login-branding.ts'
import type { ManagedLoginBrandingType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'
import { dropWantedStyle, keepWantedStyle } from './wanted-style.ts'

/**
 * Makes a style's settings and images exactly these. An update only puts things over what is there, so the settings are taken away first;
 * until they are there again this browser keeps them (findWantedStyle). When the second call fails, the same can be tried again. Throws
 * ApiError.
 */
export const replaceStyle = async (
  { UserPoolId, ManagedLoginBrandingId = '' }: ManagedLoginBrandingType,
  { settings, assets }: { readonly settings: StyleSettings | undefined; readonly assets: ManagedLoginBrandingType['Assets'] },
): Promise<void> => {
  const ids = { UserPoolId, ManagedLoginBrandingId }
  if (settings !== undefined) keepWantedStyle(ManagedLoginBrandingId, settings)
  await call('UpdateManagedLoginBranding', { ...ids, UseCognitoProvidedValues: true, Assets: assets ?? [] })
  if (settings !== undefined) await call('UpdateManagedLoginBranding', { ...ids, Settings: settings })
  dropWantedStyle(ManagedLoginBrandingId)
}
