import { registerPasskey } from '../../flows/passkey-registration.ts'
import type { Operation } from '../operation.ts'
import { openPasskeyOwner } from './open-passkey-owner.ts'

/** Registers the passkey that the caller's browser made. */
export const completeWebAuthnRegistration: Operation<'CompleteWebAuthnRegistration'> = async (ctx, input) => {
  await registerPasskey(await openPasskeyOwner(ctx, input.AccessToken), input.Credential)
  return {}
}
