import { attributeClaim, type Claims, type ClaimValue } from './claims.ts'
import type { GroupConfiguration } from './group-configuration.ts'
import { isObject } from './is-object.ts'

/** The version of a PreTokenGeneration event: 1 changes ID tokens, 2 access tokens too, 3 those of machines as well. */
export type OverrideVersion = '1' | '2' | '3'

/** What a function wants of one token: claims to add or replace, and claims to leave out. */
export interface ClaimOverrides {
  readonly set: Claims
  readonly suppress: ReadonlySet<string>
}

/** What a PreTokenGeneration function wants of the tokens; everything in it is allowed. */
export interface TokenOverrides {
  readonly id: ClaimOverrides
  readonly access: ClaimOverrides
  readonly scopesToAdd: readonly string[]
  readonly scopesToSuppress: ReadonlySet<string>
  /** What takes the place of the user's groups; undefined leaves them as they are. */
  readonly groups: GroupConfiguration | undefined
}

type Response = Readonly<Record<string, unknown>>

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null
const isTexts = (value: unknown): boolean => isAbsent(value) || (Array.isArray(value) && value.every((text) => typeof text === 'string'))

const object = (value: unknown): Response => (isObject(value) ? value : {})
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])

/** Both shapes of a response as the newer one has it; version 1 says nothing about access tokens. */
const detailsOf = (version: OverrideVersion, response: Response) => {
  const details = response[version === '1' ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails']
  const parts = object(details)
  return {
    details,
    id: version === '1' ? details : parts['idTokenGeneration'],
    access: version === '1' ? undefined : parts['accessTokenGeneration'],
    groups: parts['groupOverrideDetails'],
  }
}

/** Claims that no function changes in either token (developer guide, "Claims and scopes reference"). */
const untouchable = new Set(
  'acr amr at_hash auth_time azp client_id device_key event_id exp iat identities iss jti nbf nonce origin_jti sub token_use username version'.split(
    ' ',
  ),
)

// An ID token's audience is its client; an access token's scopes have their own members.
const untouchableIn = { id: 'aud', access: 'scope' } as const

type Use = keyof typeof untouchableIn

const isTouchable = (use: Use, name: string): boolean => !untouchable.has(name) && name !== untouchableIn[use]
const maySet = (use: Use, name: string): boolean => isTouchable(use, name) && !name.startsWith('cognito:') && !name.startsWith('dev:')
// guess: roles and the preferred role are suppressed with cognito:groups only, not by their own names.
const maySuppress = (use: Use, name: string): boolean =>
  name === 'cognito:groups' || (isTouchable(use, name) && !name.startsWith('cognito:'))

const overridesOf = (use: Use, part: unknown): ClaimOverrides => {
  const { claimsToAddOrOverride, claimsToSuppress } = object(part)
  const set = Object.entries(object(claimsToAddOrOverride)).filter(([name, value]) => maySet(use, name) && !isAbsent(value))
  return {
    set: Object.fromEntries(set) as Claims,
    suppress: new Set(texts(claimsToSuppress).filter((name) => maySuppress(use, name))),
  }
}

const groupsOf = (given: unknown): GroupConfiguration | undefined => {
  if (given === undefined) return undefined
  const { groupsToOverride, iamRolesToOverride, preferredRole } = object(given)
  return {
    groupsToOverride: texts(groupsToOverride),
    iamRolesToOverride: texts(iamRolesToOverride),
    preferredRole: typeof preferredRole === 'string' ? preferredRole : null,
  }
}

/**
 * What a function's response asks for, reduced to what it may have; `overridesFault` found no fault in it. guess: a claim that a function
 * must not change stays as it is, without an error, and one whose new value is null stays as well. guess: groups stay as they are where the
 * response has no groupOverrideDetails at all.
 */
export const readOverrides = (version: OverrideVersion, response: Response): TokenOverrides => {
  const { id, access, groups } = detailsOf(version, response)
  const { scopesToAdd, scopesToSuppress } = object(access)
  return {
    id: overridesOf('id', id),
    access: overridesOf('access', access),
    scopesToAdd: texts(scopesToAdd),
    scopesToSuppress: new Set(texts(scopesToSuppress)),
    groups: groupsOf(groups),
  }
}

const unrecognizable = 'Unrecognizable lambda output'

/** Claims of ID tokens whose value is never a list or an object (developer guide, "Event versions"). */
const plainClaims = ['email_verified', 'phone_number_verified', 'updated_at', 'address']

const claimsFault = (version: OverrideVersion, use: Use, part: unknown): string | undefined => {
  if (isAbsent(part)) return undefined
  if (!isObject(part)) return unrecognizable
  const { claimsToAddOrOverride: claims, claimsToSuppress } = part
  if (!isTexts(claimsToSuppress) || !(isAbsent(claims) || isObject(claims))) return unrecognizable
  const entries = Object.entries(object(claims)).filter(([, value]) => !isAbsent(value))
  if (version === '1' && entries.some(([, value]) => typeof value !== 'string')) return unrecognizable
  // guess: claims that are nested more than 32 deep are no output that AWS would recognise.
  if (entries.some(([, value]) => isTooDeep(value))) return unrecognizable
  const complex = use === 'id' ? entries.find(([name, value]) => plainClaims.includes(name) && typeof value === 'object') : undefined
  return complex && `The claim ${complex[0]} can't be a list or an object.`
}

/** Deeper values would overflow whoever writes or reads the token. */
const deepest = 32

const isTooDeep = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' && value !== null && (depth >= deepest || Object.values(value).some((part) => isTooDeep(part, depth + 1)))

const groupsFault = (given: unknown): string | undefined => {
  if (isAbsent(given)) return undefined
  if (!isObject(given)) return unrecognizable
  const { groupsToOverride, iamRolesToOverride, preferredRole } = given
  const sound = isTexts(groupsToOverride) && isTexts(iamRolesToOverride) && (isAbsent(preferredRole) || typeof preferredRole === 'string')
  return sound ? undefined : unrecognizable
}

const scopesFault = (access: unknown): string | undefined => {
  const { scopesToAdd, scopesToSuppress } = object(access)
  if (!isTexts(scopesToAdd) || !isTexts(scopesToSuppress)) return unrecognizable
  const blank = texts(scopesToAdd).find((scope) => /^$|\s/.test(scope))
  return blank === undefined ? undefined : `The scope "${blank}" can't be added, because scopes have no blanks in them.`
}

/** Claims and scopes that one response may add (quotas page). */
const mostAdditions = 5000

const sizeFault = ({ id, access, scopesToAdd }: TokenOverrides): string | undefined =>
  Object.keys(id.set).length + Object.keys(access.set).length + scopesToAdd.length > mostAdditions
    ? `No more than ${mostAdditions} claims and scopes can be added.`
    : undefined

const audienceFault = ({ access }: TokenOverrides, clientId: string): string | undefined =>
  Object.hasOwn(access.set, 'aud') && access.set['aud'] !== clientId
    ? "The claim aud of an access token must be the app client's id."
    : undefined

/**
 * Why a function's response can't be followed (InvalidLambdaResponseException): a value of the wrong type, a scope with a blank, another
 * audience than the app client, too much of it. guess: such a response refuses the tokens; the sentences about its content are ours.
 */
export const overridesFault = (version: OverrideVersion, response: Response, clientId: string): string | undefined => {
  const { details, id, access, groups } = detailsOf(version, response)
  if (isAbsent(details)) return undefined
  if (!isObject(details)) return unrecognizable
  const shape = claimsFault(version, 'id', id) ?? claimsFault(version, 'access', access) ?? groupsFault(groups) ?? scopesFault(access)
  if (shape !== undefined) return shape
  const read = readOverrides(version, response)
  return sizeFault(read) ?? audienceFault(read, clientId)
}

// Both ways of building keep a claim that is called __proto__ an ordinary member.
const changed = (claims: Claims, set: Claims, dropped: (name: string) => boolean): Claims =>
  Object.fromEntries(Object.entries({ ...claims, ...set }).filter(([name]) => !dropped(name)))

const listed = (name: string, list: readonly string[]): Claims => (list.length === 0 ? {} : { [name]: [...list] })

const ofGroups: readonly string[] = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']

const withGroups = (claims: Claims, use: Use, groups: GroupConfiguration | undefined): Claims => {
  if (groups === undefined) return claims
  const names = listed('cognito:groups', groups.groupsToOverride)
  const roles = listed('cognito:roles', groups.iamRolesToOverride)
  const preferred: Claims = groups.preferredRole === null ? {} : { 'cognito:preferred_role': groups.preferredRole }
  const set = use === 'id' ? { ...names, ...roles, ...preferred } : names
  return changed(claims, set, (name) => ofGroups.includes(name) && !Object.hasOwn(set, name))
}

const asIdClaim = (name: string, value: ClaimValue): ClaimValue =>
  typeof value === 'string' && plainClaims.includes(name) ? attributeClaim(name, value) : value

/** An ID token's claims as a function wants them; what is both set and suppressed is suppressed. */
export const overriddenIdClaims = (claims: Claims, { id, groups }: TokenOverrides): Claims => {
  const set = Object.fromEntries(Object.entries(id.set).map(([name, value]) => [name, asIdClaim(name, value)]))
  const hidesGroups = id.suppress.has('cognito:groups')
  return changed(withGroups(claims, 'id', groups), set, (name) => id.suppress.has(name) || (hidesGroups && ofGroups.includes(name)))
}

/** An access token's claims as a function wants them; a token without any scope left has no `scope`. */
export const overriddenAccessClaims = (claims: Claims, overrides: TokenOverrides): Claims => {
  const { access, scopesToAdd, scopesToSuppress, groups } = overrides
  const had = typeof claims['scope'] === 'string' ? claims['scope'].split(' ').filter(Boolean) : []
  const scopes = [...new Set([...had, ...scopesToAdd])].filter((scope) => !scopesToSuppress.has(scope))
  return changed(
    withGroups(claims, 'access', groups),
    { ...access.set, scope: scopes.join(' ') },
    (name) => access.suppress.has(name) || (name === 'scope' && scopes.length === 0),
  )
}
