import { decodeBase64Url } from './base64url.ts'

/** What the browser says about a ceremony, under the authenticator's signature (WebAuthn Level 3, 5.8.1). Not verified yet. */
export interface ClientData {
  readonly type: string
  /** base64url */
  readonly challenge: string
  readonly origin: string
  /** The page was in a frame of another origin. */
  readonly crossOrigin: boolean
}

/** A RegistrationResponseJSON or AuthenticationResponseJSON (WebAuthn Level 3, 5.1) whose shape was checked, and nothing else. */
export interface PresentedCredential {
  /** base64url; at most 1,023 bytes. */
  readonly id: string
  readonly attachment: 'platform' | 'cross-platform' | undefined
  readonly transports: readonly string[]
  readonly clientData: ClientData
  /** The members of `response` that are texts: clientDataJSON, attestationObject, authenticatorData, signature, userHandle. */
  readonly response: Readonly<Record<string, string>>
}

const longestId = 1023
/** Far more than there are. */
const mostTransports = 8

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const clientDataIn = (encoded: string | undefined): ClientData | undefined => {
  const bytes = encoded === undefined ? undefined : decodeBase64Url(encoded)
  const data = bytes && membersOf(parsed(bytes.toString('utf8')))
  if (data === undefined) return undefined
  const { type, challenge, origin, crossOrigin, topOrigin } = data
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string') return undefined
  return { type, challenge, origin, crossOrigin: (crossOrigin ?? false) !== false || topOrigin !== undefined }
}

const transportsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string' && /^[a-z-]{1,32}$/.test(each)).slice(0, mostTransports) : []

/** Reads a credential from a browser, as JSON text or as the value that the text stands for; undefined when it is none. */
export const readCredential = (document: unknown): PresentedCredential | undefined => {
  const { id, rawId, type, authenticatorAttachment, response } =
    membersOf(typeof document === 'string' ? parsed(document) : document) ?? ({} as Members)
  const answer = membersOf(response)
  if (typeof id !== 'string' || rawId !== id || type !== 'public-key' || answer === undefined) return undefined
  const idBytes = decodeBase64Url(id)
  if (idBytes === undefined || idBytes.length === 0 || idBytes.length > longestId) return undefined
  const texts = Object.fromEntries(Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const clientData = clientDataIn(texts['clientDataJSON'])
  return (
    clientData && {
      id,
      attachment:
        authenticatorAttachment === 'platform' || authenticatorAttachment === 'cross-platform' ? authenticatorAttachment : undefined,
      transports: transportsIn(answer['transports']),
      clientData,
      response: texts,
    }
  )
}
