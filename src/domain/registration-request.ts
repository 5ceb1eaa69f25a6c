import type { OAuthFlowType } from '../model/types.gen.ts'
import { isObject } from './is-object.ts'
import { registeredUriFault } from './registered-uri-fault.ts'
import { standardScopes } from './scopes.ts'

/** How a client proves itself at the token endpoint (RFC 7591 section 2). */
export type AuthenticationMethod = 'client_secret_basic' | 'client_secret_post' | 'none'

/** A registration that can be granted, with what the client asked for narrowed down to what it may have. */
export interface Registration {
  /** Undefined where the client has none, or none that AWS's form of names can express. */
  readonly name: string | undefined
  readonly redirectUris: readonly string[]
  readonly grant: Exclude<OAuthFlowType, 'implicit'>
  readonly authenticationMethod: AuthenticationMethod
  readonly scopes: readonly string[]
}

/** Why a registration is refused (RFC 7591 section 3.2.2). */
export interface RegistrationFault {
  readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata'
  readonly description: string
}

/** What a registration may have (domain/dynamic-registration.ts). */
export interface RegistrationLimits {
  readonly grants: readonly OAuthFlowType[]
  /** Those that exist. */
  readonly scopes: readonly string[]
}

const mostUris = 100
const mostScopes = 50
const longestName = 128

type Metadata = Readonly<Record<string, unknown>>
type Read<T> = T | RegistrationFault

const invalid = (description: string): RegistrationFault => ({ error: 'invalid_client_metadata', description })
const invalidUri = (description: string): RegistrationFault => ({ error: 'invalid_redirect_uri', description })

const isFault = (read: unknown): read is RegistrationFault => isObject(read) && 'error' in read

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((text) => typeof text === 'string')

/** JSON's null is the same as nothing. */
const given = (metadata: Metadata, name: string): unknown => (Object.hasOwn(metadata, name) ? (metadata[name] ?? undefined) : undefined)

/** guess: other characters than AWS's names have (ClientNameType) are left out of a registered client's name. */
const readName = (metadata: Metadata): Read<string | undefined> => {
  const name = given(metadata, 'client_name')
  if (name === undefined) return undefined
  if (typeof name !== 'string' || name.length > longestName)
    return invalid(`client_name must be a text of at most ${longestName} characters.`)
  return name.replace(/[^\w+=,.@-]+/g, ' ').trim() || undefined
}

const readUris = (metadata: Metadata): Read<readonly string[]> => {
  const uris = given(metadata, 'redirect_uris') ?? []
  if (!isTexts(uris)) return invalidUri('redirect_uris must be a list of texts.')
  if (uris.length > mostUris) return invalidUri(`There are more than ${mostUris} redirect URIs.`)
  const fault = uris.map(registeredUriFault).find((each) => each !== undefined)
  return fault === undefined ? [...new Set(uris)] : invalidUri(fault)
}

const flowsByName: Readonly<Record<string, Registration['grant']>> = {
  authorization_code: 'code',
  client_credentials: 'client_credentials',
}

/**
 * The one grant that the client gets; refresh tokens come with a code. Grants that it may not have are left out, as RFC 7591 section 2 lets a
 * server. guess: a client that may have, and asks for, both a code and client credentials is refused, because an app client has one of them.
 */
const readGrant = (metadata: Metadata, allowed: RegistrationLimits['grants']): Read<Registration['grant']> => {
  const names = given(metadata, 'grant_types') ?? ['authorization_code']
  if (!isTexts(names)) return invalid('grant_types must be a list of texts.')
  const asked = Object.entries(flowsByName).filter(([name, flow]) => names.includes(name) && allowed.includes(flow))
  const [first, ...more] = asked.map(([, flow]) => flow)
  if (first === undefined) return invalid('None of the grant types is allowed.')
  return more.length > 0 ? invalid('authorization_code and client_credentials cannot be combined.') : first
}

const responseFault = (metadata: Metadata, grant: Registration['grant']): RegistrationFault | undefined => {
  const types = given(metadata, 'response_types')
  if (types === undefined) return undefined
  if (!isTexts(types)) return invalid('response_types must be a list of texts.')
  return grant === 'code' && !types.includes('code')
    ? invalid('The grant type authorization_code needs the response type code.')
    : undefined
}

const isMethod = (method: unknown): method is AuthenticationMethod =>
  method === 'client_secret_basic' || method === 'client_secret_post' || method === 'none'

const readMethod = (metadata: Metadata, grant: Registration['grant']): Read<AuthenticationMethod> => {
  const method = given(metadata, 'token_endpoint_auth_method') ?? 'client_secret_basic'
  if (!isMethod(method)) return invalid('token_endpoint_auth_method is not supported.')
  return method === 'none' && grant === 'client_credentials' ? invalid('The grant type client_credentials needs a client secret.') : method
}

/**
 * The scopes that the client gets, those of users never for itself. guess: a registration without scopes gets all that it may have, and of
 * those that it names the ones that it may have; with none left it is refused.
 */
const readScopes = (metadata: Metadata, grant: Registration['grant'], allowed: readonly string[]): Read<readonly string[]> => {
  const scope = given(metadata, 'scope')
  if (scope !== undefined && typeof scope !== 'string') return invalid('scope must be a text.')
  const asked = scope?.split(' ').filter((name) => name !== '')
  const mine = grant === 'code' ? allowed : allowed.filter((name) => !standardScopes.includes(name))
  const granted = asked?.length ? mine.filter((name) => asked.includes(name)) : mine
  return granted.length === 0 ? invalid('None of the scopes is allowed.') : granted.slice(0, mostScopes)
}

/** What a registration asks for, as far as it may have it, or why it is refused; members that nobody knows are ignored (RFC 7591 section 2). */
export const readRegistration = (metadata: unknown, limits: RegistrationLimits): Registration | RegistrationFault => {
  if (!isObject(metadata)) return invalid('The request must be a JSON object.')
  const name = readName(metadata)
  if (isFault(name)) return name
  const redirectUris = readUris(metadata)
  if (isFault(redirectUris)) return redirectUris
  const grant = readGrant(metadata, limits.grants)
  if (isFault(grant)) return grant
  if (grant === 'code' && redirectUris.length === 0) return invalidUri('A redirect URI is missing.')
  const response = responseFault(metadata, grant)
  if (response !== undefined) return response
  const authenticationMethod = readMethod(metadata, grant)
  if (isFault(authenticationMethod)) return authenticationMethod
  const scopes = readScopes(metadata, grant, limits.scopes)
  return isFault(scopes) ? scopes : { name, redirectUris, grant, authenticationMethod, scopes }
}
