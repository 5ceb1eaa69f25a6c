import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { type Cbor, encodeCbor } from './cbor.ts'

// Written from WebAuthn Level 3 (sections 6.1, 6.5 and 7), sharing nothing with the server's verification.

/** What an authenticator, or whoever plays one, may do differently from what it should. */
export interface Lies {
  readonly origin?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  readonly relyingPartyId?: string
  readonly challenge?: string
  readonly type?: string
  readonly counter?: number
  readonly userPresent?: boolean
  readonly userVerified?: boolean
  readonly credentialId?: string
  readonly userHandle?: string
  /** Signs with another key than the registered one. */
  readonly foreignKey?: boolean
  /** Members that take the place of what the authenticator says of itself. */
  readonly attestation?: { readonly fmt: string; readonly attStmt: Map<string, Cbor> }
}

/** What an authenticator is. */
export interface Make {
  readonly algorithm?: 'ES256' | 'RS256' | 'ES384' | 'RS256 of 1024 bits' | 'ES256 without its point'
  readonly origin?: string
  readonly attachment?: 'platform' | 'cross-platform'
  readonly transports?: readonly string[]
  readonly userVerified?: boolean
  readonly syncable?: boolean
  /** Adds one with every use; authenticators of synced passkeys always say 0. */
  readonly counts?: boolean
  readonly aaguid?: string
}

/** The creation options that StartWebAuthnRegistration answers, as far as an authenticator reads them. */
interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string }
}

/** CREDENTIAL_REQUEST_OPTIONS, as far as an authenticator reads them. */
interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
}

/** A credential as browsers turn it into JSON. */
export interface CredentialJson {
  readonly id: string
  readonly rawId: string
  readonly type: string
  readonly authenticatorAttachment?: string
  readonly clientExtensionResults: object
  readonly response: Record<string, unknown>
}

/** A software authenticator with one passkey. */
export interface Authenticator {
  readonly credentialId: string
  create(options: CreationOptions, lies?: Lies): CredentialJson
  get(options: RequestOptions, lies?: Lies): CredentialJson
}

interface Keys {
  readonly privateKey: KeyObject
  readonly cose: Map<number, Cbor>
}

const bytes = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url')

const ecKeys = (namedCurve: 'P-256' | 'P-384', alg: number, crv: number, withPoint = true): Keys => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const cose = new Map<number, Cbor>([
    [1, 2],
    [3, alg],
    [-1, crv],
    [-2, bytes(x)],
  ])
  return { privateKey, cose: withPoint ? cose.set(-3, bytes(y)) : cose }
}

const rsaKeys = (modulusLength: number): Keys => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  const { n, e } = publicKey.export({ format: 'jwk' })
  return {
    privateKey,
    cose: new Map<number, Cbor>([
      [1, 3],
      [3, -257],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ]),
  }
}

const makeKeys = (algorithm: Make['algorithm']): Keys => {
  switch (algorithm) {
    case 'RS256':
      return rsaKeys(2048)
    case 'RS256 of 1024 bits':
      return rsaKeys(1024)
    case 'ES384':
      return ecKeys('P-384', -35, 2)
    case 'ES256 without its point':
      return ecKeys('P-256', -7, 1, false)
    default:
      return ecKeys('P-256', -7, 1)
  }
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

const counterBytes = (counter: number): Buffer => {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(counter)
  return four
}

/** Makes an authenticator that holds a new passkey; by default an ES256 platform key that verifies its user, on a page at localhost. */
export const createAuthenticator = (make: Make = {}): Authenticator => {
  const { origin = 'http://localhost:5173', attachment = 'platform', transports = ['internal'], counts = true, syncable = false } = make
  const keys = makeKeys(make.algorithm)
  const credentialId = randomBytes(32).toString('base64url')
  let userHandle = ''
  let uses = 0

  const clientData = (type: string, challenge: string, lies: Lies): Buffer => {
    const frame =
      lies.crossOrigin === undefined ? {} : { crossOrigin: lies.crossOrigin, ...(lies.topOrigin && { topOrigin: lies.topOrigin }) }
    const data = {
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? origin,
      crossOrigin: false,
      ...frame,
    }
    return Buffer.from(JSON.stringify(data), 'utf8')
  }

  const authenticatorData = (relyingPartyId: string, lies: Lies, attested: Buffer = Buffer.alloc(0)): Buffer => {
    const verified = lies.userVerified ?? make.userVerified ?? true
    const flags = ((lies.userPresent ?? true) ? 1 : 0) | (verified ? 4 : 0) | (syncable ? 8 : 0) | (attested.length ? 64 : 0)
    if (counts) uses += 1
    const counter = lies.counter ?? uses
    return Buffer.concat([sha256(lies.relyingPartyId ?? relyingPartyId), Buffer.of(flags), counterBytes(counter), attested])
  }

  const json = (lies: Lies, response: Record<string, unknown>): CredentialJson => {
    const id = lies.credentialId ?? credentialId
    return { id, rawId: id, type: 'public-key', authenticatorAttachment: attachment, clientExtensionResults: {}, response }
  }

  return {
    credentialId,
    create: (options, lies = {}) => {
      userHandle = options.user.id
      const id = bytes(lies.credentialId ?? credentialId)
      const aaguid = Buffer.from((make.aaguid ?? '0'.repeat(32)).replaceAll('-', ''), 'hex')
      const attested = Buffer.concat([aaguid, Buffer.of(id.length >> 8, id.length & 255), id, encodeCbor(keys.cose)])
      const { fmt, attStmt } = lies.attestation ?? { fmt: 'none', attStmt: new Map<string, Cbor>() }
      const authData = authenticatorData(options.rp.id, lies, attested)
      const attestationObject = encodeCbor(
        new Map<string, Cbor>([
          ['fmt', fmt],
          ['attStmt', attStmt],
          ['authData', authData],
        ]),
      )
      return json(lies, {
        clientDataJSON: clientData('webauthn.create', options.challenge, lies).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports,
      })
    },
    get: (options, lies = {}) => {
      const client = clientData('webauthn.get', options.challenge, lies)
      const data = authenticatorData(options.rpId, lies)
      const signer = lies.foreignKey ? makeKeys(make.algorithm).privateKey : keys.privateKey
      return json(lies, {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, sha256(client)]), signer).toString('base64url'),
        userHandle: lies.userHandle ?? userHandle,
      })
    },
  }
}
