import { attributeList, readable } from '../../domain/attributes.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { mfaOptions } from '../../flows/mfa-options.ts'
import { shownMfa } from '../../flows/shown-mfa.ts'
import type { Operation } from '../operation.ts'

/** The caller's own name and the attributes that the app client may read. */
export const getUser: Operation<'GetUser'> = async (ctx, input) => {
  const { client, pool, user } = await openAccessToken(ctx, input.AccessToken)
  const attributes = readable(client, pool, user.attributes)
  return {
    Username: user.username,
    UserAttributes: attributeList({ ...user, attributes }),
    MFAOptions: mfaOptions(user),
    ...shownMfa(user),
  }
}
