import type {
  AnalyticsConfigurationType,
  CreateUserPoolClientRequest,
  ExplicitAuthFlowsType,
  RefreshTokenRotationType,
  UpdateUserPoolClientRequest,
} from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { clientAttributesFault } from './attributes.ts'
import { redirectUrlFault } from './redirect-url.ts'
import { standardScopes } from './scopes.ts'
import { tierFault } from './tier-fault.ts'
import { defaultRefreshValidity, tokenValidityFault } from './token-lifetimes.ts'
import type { UserPool } from './user-pool.ts'

/** The members of an app client that requests set; an absent one is there as undefined, so that spreading over a client clears it. */
export type AppClientSettings = Pick<
  AppClient,
  | 'ClientName'
  | 'RefreshTokenValidity'
  | 'AccessTokenValidity'
  | 'IdTokenValidity'
  | 'TokenValidityUnits'
  | 'ReadAttributes'
  | 'WriteAttributes'
  | 'ExplicitAuthFlows'
  | 'SupportedIdentityProviders'
  | 'CallbackURLs'
  | 'LogoutURLs'
  | 'DefaultRedirectURI'
  | 'AllowedOAuthFlows'
  | 'AllowedOAuthScopes'
  | 'AllowedOAuthFlowsUserPoolClient'
  | 'AnalyticsConfiguration'
  | 'PreventUserExistenceErrors'
  | 'EnableTokenRevocation'
  | 'EnablePropagateAdditionalUserContextData'
  | 'AuthSessionValidity'
  | 'RefreshTokenRotation'
>

type Input = CreateUserPoolClientRequest | UpdateUserPoolClientRequest

const some = <T>(list: T[] | undefined): T[] | undefined => (list?.length ? list : undefined)

// Measured on AWS: rotation that is switched off has no grace period, whatever was asked for.
const storedRotation = ({ Feature, RetryGracePeriodSeconds = 0 }: RefreshTokenRotationType): RefreshTokenRotationType => ({
  Feature,
  RetryGracePeriodSeconds: Feature === 'ENABLED' ? RetryGracePeriodSeconds : 0,
})

const settings = (name: string, input: Input): AppClientSettings => ({
  ClientName: name,
  RefreshTokenValidity: input.RefreshTokenValidity || defaultRefreshValidity(input.TokenValidityUnits?.RefreshToken),
  AccessTokenValidity: input.AccessTokenValidity,
  IdTokenValidity: input.IdTokenValidity,
  TokenValidityUnits: input.TokenValidityUnits ?? {},
  ReadAttributes: some(input.ReadAttributes),
  WriteAttributes: some(input.WriteAttributes),
  ExplicitAuthFlows: some(input.ExplicitAuthFlows),
  SupportedIdentityProviders: some(input.SupportedIdentityProviders),
  CallbackURLs: some(input.CallbackURLs),
  LogoutURLs: some(input.LogoutURLs),
  DefaultRedirectURI: input.DefaultRedirectURI,
  AllowedOAuthFlows: some(input.AllowedOAuthFlows),
  AllowedOAuthScopes: some(input.AllowedOAuthScopes),
  AllowedOAuthFlowsUserPoolClient: input.AllowedOAuthFlowsUserPoolClient ?? false,
  AnalyticsConfiguration: input.AnalyticsConfiguration,
  PreventUserExistenceErrors: input.PreventUserExistenceErrors,
  EnableTokenRevocation: input.EnableTokenRevocation ?? true,
  EnablePropagateAdditionalUserContextData: input.EnablePropagateAdditionalUserContextData ?? false,
  AuthSessionValidity: input.AuthSessionValidity ?? 3,
  RefreshTokenRotation: input.RefreshTokenRotation && storedRotation(input.RefreshTokenRotation),
})

/**
 * A new app client's members with every default that DescribeUserPoolClient shows; AuthSessionValidity in minutes. Measured on AWS: auth
 * flows and PreventUserExistenceErrors that nobody set are not shown (`allowedFlows`, `hidesUserExistence`).
 */
export const newAppClientSettings = (input: CreateUserPoolClientRequest): AppClientSettings => settings(input.ClientName, input)

/**
 * An app client's members after UpdateUserPoolClient: what the request leaves out goes back to its default, except the name.
 * guess: an UpdateUserPoolClient request without a name keeps the client's name.
 */
export const updatedAppClientSettings = (client: AppClient, input: UpdateUserPoolClientRequest): AppClientSettings =>
  settings(input.ClientName ?? client.ClientName, input)

/**
 * The Pinpoint settings as they are described, with what AWS fills in (measured): a service-linked role beside the ARN of an application, and
 * that no data of users are shared unless somebody says so.
 */
export const describedAnalytics = (
  given: AnalyticsConfigurationType | undefined,
  accountId: string,
): AnalyticsConfigurationType | undefined => {
  if (given?.ApplicationArn === undefined && given?.ApplicationId === undefined) return given
  const role = `arn:aws:iam::${accountId}:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp`
  const RoleArn = given.RoleArn ?? (given.ApplicationArn === undefined ? undefined : role)
  return { ...given, RoleArn, UserDataShared: given.UserDataShared ?? false }
}

/** A way to sign in or to get tokens, by the name that InitiateAuth uses. */
export type AllowedFlow =
  | 'USER_PASSWORD_AUTH'
  | 'USER_SRP_AUTH'
  | 'CUSTOM_AUTH'
  | 'REFRESH_TOKEN_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'USER_AUTH'
  | 'CLIENT_TOKEN_AUTH'

// Before the ALLOW_ names, SRP, custom and refresh needed no permission; CUSTOM_AUTH_FLOW_ONLY took SRP away.
const legacyFlows = (flows: readonly ExplicitAuthFlowsType[]): AllowedFlow[] => [
  'REFRESH_TOKEN_AUTH',
  'CUSTOM_AUTH',
  ...(flows.includes('CUSTOM_AUTH_FLOW_ONLY') ? [] : (['USER_SRP_AUTH'] as const)),
  ...(flows.includes('USER_PASSWORD_AUTH') ? (['USER_PASSWORD_AUTH'] as const) : []),
  ...(flows.includes('ADMIN_NO_SRP_AUTH') ? (['ADMIN_USER_PASSWORD_AUTH'] as const) : []),
]

/**
 * What the client allows, legacy and ALLOW_ names alike, and where it has neither SRP, custom and refresh (API_CreateUserPoolClient); never
 * REFRESH_TOKEN_AUTH while refresh tokens rotate.
 */
export const allowedFlows = (client: Pick<AppClient, 'ExplicitAuthFlows' | 'RefreshTokenRotation'>): Set<AllowedFlow> => {
  const flows = client.ExplicitAuthFlows ?? []
  const modern = flows.filter((flow) => flow.startsWith('ALLOW_'))
  const allowed = new Set(
    flows.length === modern.length && flows.length > 0
      ? modern.map((flow) => flow.slice('ALLOW_'.length) as AllowedFlow)
      : legacyFlows(flows),
  )
  if (client.RefreshTokenRotation?.Feature === 'ENABLED') allowed.delete('REFRESH_TOKEN_AUTH')
  return allowed
}

/** What the request alone does not tell. */
export interface AppClientSurroundings {
  readonly pool: UserPool
  /** Whether the client has a secret, or gets one by this request. */
  readonly hasSecret: boolean
  readonly use: 'creating' | 'updating'
}

const flowsFault = (input: Input, hasSecret: boolean): string | undefined => {
  const flows = input.ExplicitAuthFlows ?? []
  const modern = flows.filter((flow) => flow.startsWith('ALLOW_'))
  if (modern.length > 0 && modern.length < flows.length)
    return "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names."
  if (input.RefreshTokenRotation?.Feature === 'ENABLED' && flows.includes('ALLOW_REFRESH_TOKEN_AUTH'))
    return 'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled'
  if (!flows.includes('ALLOW_CLIENT_TOKEN_AUTH')) return undefined
  // guess: both rules about ALLOW_CLIENT_TOKEN_AUTH are documented; their sentences are ours.
  if (flows.some((flow) => flow !== 'ALLOW_CLIENT_TOKEN_AUTH')) return 'ALLOW_CLIENT_TOKEN_AUTH cannot be used with other auth flows.'
  return hasSecret ? undefined : 'ALLOW_CLIENT_TOKEN_AUTH cannot be used if client does not have a client secret.'
}

const urlsFault = (input: Input): string | undefined => {
  for (const url of [...(input.CallbackURLs ?? []), ...(input.LogoutURLs ?? [])]) {
    const fault = redirectUrlFault(url)
    if (fault !== undefined) return fault
  }
  const standard = input.DefaultRedirectURI
  return standard !== undefined && !input.CallbackURLs?.includes(standard)
    ? `The default redirect URI ${standard} is not in the callback URIs list.`
    : undefined
}

const secretFault = (input: Input, hasSecret: boolean): string | undefined => {
  // guess: that GenerateSecret and ClientSecret exclude each other is documented; the sentence is ours.
  if ('GenerateSecret' in input && input.GenerateSecret && input.ClientSecret !== undefined)
    return 'GenerateSecret cannot be true when ClientSecret is provided.'
  return input.EnablePropagateAdditionalUserContextData && !hasSecret
    ? 'Client Secret is required to set EnablePropagateAdditionalUserContextData as true'
    : undefined
}

const providersFault = (input: Input, { pool }: AppClientSurroundings): string | undefined => {
  const unknown = input.SupportedIdentityProviders?.find((name) => name !== 'COGNITO')
  return unknown === undefined ? undefined : `The provider ${unknown} does not exist for User Pool ${pool.Id}`
}

/** Why CreateUserPoolClient or UpdateUserPoolClient refuses the settings (InvalidParameterException). */
export const appClientFault = (input: Input, surroundings: AppClientSurroundings): string | undefined => {
  const { pool, hasSecret, use } = surroundings
  return (
    secretFault(input, hasSecret) ??
    flowsFault(input, hasSecret) ??
    tokenValidityFault(input) ??
    clientAttributesFault(pool.SchemaAttributes, input.ReadAttributes, input.WriteAttributes, use) ??
    urlsFault(input) ??
    providersFault(input, surroundings)
  )
}

/** Why the OAuth grants, scopes and callbacks don't go together (InvalidOAuthFlowException). */
export const oauthFlowFault = (input: Input, hasSecret: boolean): string | undefined => {
  const flows = input.AllowedOAuthFlows ?? []
  const scopes = input.AllowedOAuthScopes ?? []
  if (input.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0))
    return 'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.'
  if (flows.includes('client_credentials')) {
    if (flows.some((flow) => flow !== 'client_credentials'))
      return 'client_credentials flow can not be selected along with code flow or implicit flow.'
    if (!hasSecret) return 'client_credentials flow can not be selected if client does not have a client secret.'
    const ofUsers = scopes.find((scope) => standardScopes.includes(scope))
    if (ofUsers !== undefined) return `${ofUsers} is not supported with client_credentials flow`
  } else if (flows.length > 0 && !input.CallbackURLs?.length) {
    return 'CallbackUrls can not be empty when code flow or implicit flow is selected'
  }
  return undefined
}

/**
 * Why the pool's tier does not have what the client asks for (FeatureUnavailableInTierException).
 * guess: the names of app client features in the tier's refusal are our own.
 */
export const appClientTierFault = (input: Input, pool: UserPool): string | undefined => {
  if (pool.UserPoolTier !== 'LITE') return undefined
  const features = [
    ...(input.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? ['Passwordless Sign-In'] : []),
    ...(input.RefreshTokenRotation?.Feature === 'ENABLED' ? ['Refresh Token Rotation'] : []),
  ]
  return tierFault(pool.UserPoolTier, features)
}
