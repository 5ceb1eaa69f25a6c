import { passkeyNotFound } from '../../errors.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'
import { openPasskeyOwner } from './open-passkey-owner.ts'

/** Deletes a passkey of the caller; with the last one goes the wish that passkeys count as two factors. */
export const deleteWebAuthnCredential: Operation<'DeleteWebAuthnCredential'> = async (request, input) => {
  const { ctx, pool, user } = await openPasskeyOwner(request, input.AccessToken)
  if ((await ctx.store.passkeys.delete(ctx.by(), pool.uid, user.id, input.CredentialId)) === 'absent') throw passkeyNotFound()
  const { rows } = await ctx.store.passkeys.list(pool.uid, user.id, { limit: 1 })
  if (rows.length === 0 && user.mfa?.passkeys) {
    await changeMfa(
      ctx,
      () => rereadCaller(ctx, user),
      ({ mfa = { enabled: [] } }) => ({ ...mfa, passkeys: undefined }),
    )
  }
  return {}
}
