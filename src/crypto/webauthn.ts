import { hash } from 'node:crypto'
import { equalBytes } from './constant-time.ts'
import { isPasskeyKey, passkeyAlgorithms } from './cose-key.ts'
import type { PresentedCredential } from './presented-credential.ts'

/** What a ceremony has to say to be ours. */
export interface Expected {
  /** base64url */
  readonly challenge: string
  readonly relyingPartyId: string
  isAllowedOrigin(origin: string): boolean
  readonly requireUserVerification: boolean
}

/** Why a registration is refused; `not supported` is the wrong kind of key, or one that can't verify its user. */
export type RegistrationRefusal = 'malformed' | 'challenge' | 'origin' | 'relying party' | 'not supported'

/** A new credential that is proved to be made for us. */
export interface NewCredential {
  /** COSE key, base64url */
  readonly publicKey: string
  readonly counter: number
  /** A UUID; all zeros where the authenticator does not say what it is. */
  readonly aaguid: string
  readonly syncable: boolean
}

/** A use of a credential that is proved to be by its key. */
export interface ProvedUse {
  readonly counter: number
  readonly userVerified: boolean
}

// Loaded at first need: it takes longer than the rest of the server does to start.
const verifiers = () => import('@simplewebauthn/server')
const decoders = () => import('@simplewebauthn/server/helpers')

type Verifiers = Awaited<ReturnType<typeof verifiers>>
type Decoders = Awaited<ReturnType<typeof decoders>>

const bytesOf = (text: string | undefined): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text ?? '', 'base64url'))
const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

const isFor = (relyingPartyId: string, authenticatorData: Uint8Array): boolean =>
  equalBytes(hash('sha256', relyingPartyId, 'buffer'), authenticatorData.subarray(0, 32))

// guess: a passkey that is made or used in a frame of another origin is refused, because no setting names the origins that may do so.
const clientDataRefusal = (
  { clientData }: PresentedCredential,
  type: 'webauthn.create' | 'webauthn.get',
  expected: Expected,
): RegistrationRefusal | undefined => {
  if (clientData.type !== type) return 'malformed'
  if (clientData.challenge !== expected.challenge) return 'challenge'
  return clientData.crossOrigin || !expected.isAllowedOrigin(clientData.origin) ? 'origin' : undefined
}

const jsonOf = <Response>({ id }: PresentedCredential, response: Response) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  clientExtensionResults: {},
  response,
})

const registered = async (
  credential: PresentedCredential,
  expected: Expected,
  { decodeAttestationObject, isoCBOR, parseAuthenticatorData }: Decoders,
  { verifyRegistrationResponse }: Verifiers,
): Promise<NewCredential | RegistrationRefusal> => {
  const { clientDataJSON = '', attestationObject } = credential.response
  const authData = decodeAttestationObject(bytesOf(attestationObject)).get('authData')
  const { flags, credentialPublicKey } = parseAuthenticatorData(authData)
  if (!isFor(expected.relyingPartyId, authData)) return 'relying party'
  if (credentialPublicKey === undefined) return 'malformed'
  const isSupported = isPasskeyKey(isoCBOR.decodeFirst<Map<number, unknown>>(credentialPublicKey))
  if (!isSupported || (expected.requireUserVerification && !flags.uv)) return 'not supported'
  // Cognito enforces no attestation, and statements carry certificates whose checks would call addresses that they name.
  const unattested = isoCBOR.encode(
    new Map<string | number, string | Uint8Array | Map<string | number, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]),
  )
  const { registrationInfo } = await verifyRegistrationResponse({
    response: jsonOf(credential, { clientDataJSON, attestationObject: base64Url(unattested) }),
    expectedChallenge: expected.challenge,
    expectedOrigin: credential.clientData.origin,
    expectedRPID: expected.relyingPartyId,
    requireUserVerification: expected.requireUserVerification,
    supportedAlgorithmIDs: [...passkeyAlgorithms],
  })
  if (registrationInfo?.credential.id !== credential.id) return 'malformed'
  const { aaguid, credentialDeviceType } = registrationInfo
  const { publicKey, counter } = registrationInfo.credential
  return { publicKey: base64Url(publicKey), counter, aaguid, syncable: credentialDeviceType === 'multiDevice' }
}

/** Verifies that a credential was newly made for us (WebAuthn Level 3, 7.1, without attestation), or says why not. */
export const verifyRegistration = async (
  credential: PresentedCredential,
  expected: Expected,
): Promise<NewCredential | RegistrationRefusal> => {
  const refusal = clientDataRefusal(credential, 'webauthn.create', expected)
  if (refusal !== undefined) return refusal
  const [decode, verify] = await Promise.all([decoders(), verifiers()])
  // Decoders throw on bytes that they can't read.
  return registered(credential, expected, decode, verify).catch(() => 'malformed')
}

/**
 * Verifies that the credential with the public key (COSE, base64url) signed an answer to our challenge (WebAuthn Level 3, 7.2); undefined
 * when it did not. What the counter says of earlier uses is the caller's to judge.
 */
export const verifyAssertion = async (
  credential: PresentedCredential,
  expected: Expected,
  publicKey: string,
): Promise<ProvedUse | undefined> => {
  if (clientDataRefusal(credential, 'webauthn.get', expected) !== undefined) return undefined
  const { clientDataJSON = '', authenticatorData = '', signature = '' } = credential.response
  const { verifyAuthenticationResponse } = await verifiers()
  const outcome = await verifyAuthenticationResponse({
    response: jsonOf(credential, { clientDataJSON, authenticatorData, signature }),
    expectedChallenge: expected.challenge,
    expectedOrigin: credential.clientData.origin,
    expectedRPID: expected.relyingPartyId,
    requireUserVerification: expected.requireUserVerification,
    credential: { id: credential.id, publicKey: bytesOf(publicKey), counter: 0 },
  }).catch(() => undefined)
  if (outcome?.verified !== true) return undefined
  const { newCounter, userVerified } = outcome.authenticationInfo
  return { counter: newCounter, userVerified }
}

/** A public key that belongs to nobody's passkey (the base point of P-256): what is verified where there is no passkey, for equal time. */
export const standInKey: string = Buffer.from(
  'a5010203262001' +
    '2158206b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
).toString('base64url')
