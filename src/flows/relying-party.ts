import type { Context } from '../context.ts'
import { allowsPasskeys, type RelyingParty, relyingPartyOf } from '../domain/relying-party.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { webAuthnConfigurationMissing, webAuthnNotEnabled } from '../errors.ts'

/** Who the pool's passkeys are made for; throws WebAuthnNotEnabledException or WebAuthnConfigurationMissingException. */
export const openRelyingParty = ({ policy }: Context, pool: UserPool): RelyingParty => {
  if (!allowsPasskeys(pool)) throw webAuthnNotEnabled()
  const party = relyingPartyOf(pool, policy.publicUrl)
  if (party === undefined) throw webAuthnConfigurationMissing()
  return party
}
