import type { User } from '../domain/user.ts'
import type { AdminGetUserResponse } from '../model/types.gen.ts'

/** What the API shows of a user's second factors; nothing of a user who has none. WEB_AUTHN_MFA was seen on AWS, no page names it. */
export const shownMfa = ({ mfa }: User): Pick<AdminGetUserResponse, 'UserMFASettingList' | 'PreferredMfaSetting'> => ({
  UserMFASettingList: mfa?.enabled.length ? [...mfa.enabled, ...(mfa.passkeys ? ['WEB_AUTHN_MFA'] : [])] : undefined,
  PreferredMfaSetting: mfa?.preferred,
})
