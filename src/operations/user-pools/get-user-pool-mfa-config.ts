import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { mfaConfig } from './mfa-config.ts'

/** A pool's settings of MFA and passkeys. */
export const getUserPoolMfaConfig: Operation<'GetUserPoolMfaConfig'> = async (ctx, input) =>
  mfaConfig(await openPool(ctx, input.UserPoolId))
