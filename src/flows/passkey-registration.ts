import { passkeyAlgorithms } from '../crypto/cose-key.ts'
import { type PresentedCredential, readCredential } from '../crypto/presented-credential.ts'
import { type NewCredential, type RegistrationRefusal, verifyRegistration } from '../crypto/webauthn.ts'
import { authenticatorName } from '../domain/authenticator-name.ts'
import type { Passkey } from '../domain/passkey.ts'
import { passkeysPerUser } from '../domain/quotas.ts'
import { allowsPasskeys, isOriginOf, relyingPartyOf } from '../domain/relying-party.ts'
import { shownName } from '../domain/username.ts'
import {
  type CognitoError,
  invalidCredentialData,
  invalidParameter,
  limitExceeded,
  webAuthnChallengeNotFound,
  webAuthnCredentialNotSupported,
  webAuthnNotEnabled,
  webAuthnOriginNotAllowed,
  webAuthnRelyingPartyMismatch,
} from '../errors.ts'
import type { Document } from '../model/types.gen.ts'
import { beginRegistration, openRegistration, spendRegistration } from './registration-challenge.ts'
import { openRelyingParty } from './relying-party.ts'
import type { SignedIn } from './signed-in.ts'

const tooMany = (): CognitoError => limitExceeded(`A user can register at most ${passkeysPerUser} passkeys.`)

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, 5.1.8) for a new passkey of the caller, in the form of AWS's sample. */
export const passkeyCreationOptions = async (caller: SignedIn): Promise<Document> => {
  const { ctx, pool, user } = caller
  const party = openRelyingParty(ctx, pool)
  const { rows } = await ctx.store.passkeys.list(pool.uid, user.id, { limit: passkeysPerUser })
  if (rows.length >= passkeysPerUser) throw tooMany()
  // guess: the account that a passkey shows is the e-mail address or phone number where users sign in with those, else the user name.
  const name = shownName(pool, user)
  return {
    authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: party.userVerification },
    challenge: await beginRegistration(caller, party.id),
    excludeCredentials: rows
      .filter(({ relyingPartyId }) => relyingPartyId === party.id)
      .map(({ credentialId }) => ({ id: credentialId, type: 'public-key' })),
    pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ alg, type: 'public-key' })),
    rp: { id: party.id, name: party.id },
    timeout: 60_000,
    user: { displayName: name, id: Buffer.from(user.id, 'utf8').toString('base64url'), name },
  }
}

const refusals: Readonly<Record<RegistrationRefusal, () => CognitoError>> = {
  malformed: invalidCredentialData,
  challenge: webAuthnChallengeNotFound,
  origin: webAuthnOriginNotAllowed,
  'relying party': webAuthnRelyingPartyMismatch,
  'not supported': webAuthnCredentialNotSupported,
}

const newPasskey = (
  { ctx, pool, user }: SignedIn,
  { id, attachment, transports }: PresentedCredential,
  { aaguid, ...proved }: NewCredential,
  relyingPartyId: string,
): Passkey => ({
  ...proved,
  poolUid: pool.uid,
  userId: user.id,
  credentialId: id,
  transports,
  friendlyName: authenticatorName(aaguid, attachment),
  relyingPartyId,
  attachment,
  createdAt: ctx.clock.now(),
})

/** Stores the passkey that was made with the options; the challenge in them is good once. Throws what CompleteWebAuthnRegistration lists. */
export const registerPasskey = async (caller: SignedIn, document: Document): Promise<void> => {
  const { ctx, pool } = caller
  if (!allowsPasskeys(pool)) throw webAuthnNotEnabled()
  const credential = readCredential(document)
  if (credential === undefined) throw invalidCredentialData()
  const { challenge } = credential.clientData
  const { relyingPartyId, expiresAt } = await openRegistration(caller, challenge)
  const party = relyingPartyOf(pool, ctx.policy.publicUrl)
  // It was changed meanwhile.
  if (party?.id !== relyingPartyId) throw webAuthnRelyingPartyMismatch()
  const outcome = await verifyRegistration(credential, {
    challenge,
    relyingPartyId,
    isAllowedOrigin: (origin) => isOriginOf(relyingPartyId, origin),
    requireUserVerification: party.userVerification === 'required',
  })
  if (typeof outcome === 'string') throw refusals[outcome]()
  await spendRegistration(ctx, pool.uid, challenge, expiresAt)
  const added = await ctx.store.passkeys.add(ctx.by(), newPasskey(caller, credential, outcome, relyingPartyId), passkeysPerUser)
  if (added === 'too many') throw tooMany()
  // guess: a passkey that the user has registered already is refused with InvalidParameterException.
  if (added === 'exists') throw invalidParameter('The credential is registered already.')
}
