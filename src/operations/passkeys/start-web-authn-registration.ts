import { passkeyCreationOptions } from '../../flows/passkey-registration.ts'
import type { Operation } from '../operation.ts'
import { openPasskeyOwner } from './open-passkey-owner.ts'

/** What the caller's browser needs to make a passkey. */
export const startWebAuthnRegistration: Operation<'StartWebAuthnRegistration'> = async (ctx, input) => ({
  CredentialCreationOptions: await passkeyCreationOptions(await openPasskeyOwner(ctx, input.AccessToken)),
})
