import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { type MfaSettings, mfaUpdate } from './mfa-update.ts'

type ChangesOf = (current: MfaSettings, pool: UserPoolType) => Partial<MfaSettings>

/** Changes some of a pool's settings of MFA and passkeys as they are now. Throws ApiError. */
export const updateMfa = async (UserPoolId: string, changesOf: ChangesOf): Promise<void> => {
  const [current, { UserPool: pool = {} }] = await Promise.all([
    call('GetUserPoolMfaConfig', { UserPoolId }),
    call('DescribeUserPool', { UserPoolId }),
  ])
  await call('SetUserPoolMfaConfig', mfaUpdate(UserPoolId, current, changesOf(current, pool)))
}
