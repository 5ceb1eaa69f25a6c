import type { ManagedLoginBrandingType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'

/** A style as it is now, not as it was when the page was opened. Throws ApiError. */
export const styleNow = async ({ UserPoolId, ManagedLoginBrandingId }: ManagedLoginBrandingType): Promise<ManagedLoginBrandingType> => {
  const ids = { UserPoolId: UserPoolId ?? '', ManagedLoginBrandingId: ManagedLoginBrandingId ?? '' }
  return (await call('DescribeManagedLoginBranding', ids)).ManagedLoginBranding ?? ids
}
