import { attributeList } from '../../domain/attributes.ts'
import { requireUser } from '../../flows/find-user.ts'
import { mfaOptions } from '../../flows/mfa-options.ts'
import { openPool } from '../../flows/open-pool.ts'
import { shownMfa } from '../../flows/shown-mfa.ts'
import type { Operation } from '../operation.ts'

/** A user with every attribute, status and dates. */
export const adminGetUser: Operation<'AdminGetUser'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  return {
    Username: user.username,
    UserAttributes: attributeList(user),
    UserCreateDate: user.createdAt,
    UserLastModifiedDate: user.modifiedAt,
    Enabled: user.enabled,
    UserStatus: user.status,
    MFAOptions: mfaOptions(user),
    ...shownMfa(user),
  }
}
