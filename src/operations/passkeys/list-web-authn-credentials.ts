import type { Passkey } from '../../domain/passkey.ts'
import { passkeysPerUser } from '../../domain/quotas.ts'
import { openPage, sealPage } from '../../flows/page-token.ts'
import type { WebAuthnCredentialDescription } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'
import { openPasskeyOwner } from './open-passkey-owner.ts'

const described = (passkey: Passkey): WebAuthnCredentialDescription => ({
  CredentialId: passkey.credentialId,
  FriendlyCredentialName: passkey.friendlyName,
  RelyingPartyId: passkey.relyingPartyId,
  AuthenticatorAttachment: passkey.attachment,
  AuthenticatorTransports: [...passkey.transports],
  CreatedAt: passkey.createdAt,
})

/** A page of the caller's passkeys; MaxResults 0 counts as not given. */
export const listWebAuthnCredentials: Operation<'ListWebAuthnCredentials'> = async (request, input) => {
  const { ctx, pool, user } = await openPasskeyOwner(request, input.AccessToken)
  const page = await openPage(ctx, pool.uid, user.id, input.NextToken, input.MaxResults || passkeysPerUser)
  const found = await ctx.store.passkeys.list(pool.uid, user.id, page)
  return { Credentials: found.rows.map(described), NextToken: await sealPage(ctx, pool.uid, user.id, found) }
}
