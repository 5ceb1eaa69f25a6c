import { passkeyNotFound } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { openPasskeyOwner } from './open-passkey-owner.ts'

/** Deletes a passkey of the caller. */
export const deleteWebAuthnCredential: Operation<'DeleteWebAuthnCredential'> = async (request, input) => {
  const { ctx, pool, user } = await openPasskeyOwner(request, input.AccessToken)
  if ((await ctx.store.passkeys.delete(ctx.by(), pool.uid, user.id, input.CredentialId)) === 'absent') throw passkeyNotFound()
  return {}
}
