import type {
  AdminCreateUserConfigType,
  CustomDomainConfigType,
  EmailMfaConfigType,
  RiskConfigurationType,
  RoutingType,
  SchemaAttributeType,
  SoftwareTokenMfaConfigType,
  UserPoolPolicyType,
  UserPoolTokenSessionConfigType,
  UserPoolType,
  UserSessionTrackingType,
  WebAuthnConfigurationType,
} from '../model/types.gen.ts'

/** What SetUserPoolMfaConfig keeps beside the pool's own description. */
export interface PoolMfaSettings {
  readonly SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined
  readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined
  readonly WebAuthnConfiguration?: WebAuthnConfigurationType | undefined
  /** SmsAuthenticationMessage and SmsConfiguration stand in the pool itself. */
  readonly smsEnabled: boolean
}

/** Whether sign-ins are listed and how many one user may have at once (API_SetUserPoolSessionConfiguration). */
export interface PoolSessionSettings {
  readonly UserSessionTracking: UserSessionTrackingType
  readonly TokenSession: UserPoolTokenSessionConfigType
}

/** What SetRiskConfiguration keeps. */
export type RiskSettings = Pick<
  RiskConfigurationType,
  'CompromisedCredentialsRiskConfiguration' | 'AccountTakeoverRiskConfiguration' | 'RiskExceptionConfiguration' | 'LastModifiedDate'
>

/** A domain of a pool: a prefix, or a custom domain where it has a CustomDomainConfig (API_DomainDescriptionType). */
export interface PoolDomain {
  /** Internal identity; a domain made again under the same name has another one. */
  readonly uid: string
  readonly Domain: string
  /** 1: classic pages, 2: managed login. */
  readonly ManagedLoginVersion: number
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined
  readonly Routing?: RoutingType | undefined
}

/**
 * A user pool: the wire's own shape with every default filled in (PascalCase), and what only the server knows (camelCase).
 * The wire form drops the camelCase members, because the model does not describe them.
 */
export interface UserPool extends Omit<UserPoolType, 'Domain' | 'CustomDomain'> {
  /** Internal identity; a pool made again under the same Id has another one. */
  readonly uid: string
  readonly region: string
  /** Grows by one with every saved change; an update names the version it read. */
  readonly version: number
  readonly mfa: PoolMfaSettings
  /** Certificate (base64 DER) and sealed key (base64 PKCS #8) that sign SAML requests, once somebody asked for them. */
  readonly samlSigning?: { readonly certificate: string; readonly sealedKey: string } | undefined
  /** SetUserPoolSessionConfiguration's settings; absent while nobody set any. */
  readonly sessions?: PoolSessionSettings | undefined
  /** SetRiskConfiguration's settings for all clients that have none of their own. */
  readonly risk?: RiskSettings | undefined
  /** At most one prefix and one custom domain; the wire's Domain and CustomDomain are made from them. */
  readonly domains?: readonly PoolDomain[] | undefined
  readonly Id: string
  readonly Name: string
  readonly Arn: string
  readonly Policies: UserPoolPolicyType
  readonly SchemaAttributes: SchemaAttributeType[]
  readonly AdminCreateUserConfig: AdminCreateUserConfigType
  readonly CreationDate: number
  readonly LastModifiedDate: number
}

/** The part of a pool id after the underscore: what SRP calls the pool's name. */
export const poolName = (poolId: string): string => poolId.slice(poolId.indexOf('_') + 1)

/** Whether user names of the pool differ by case; the API's default is yes (API_UsernameConfigurationType). */
export const isCaseSensitive = (pool: UserPool): boolean => pool.UsernameConfiguration?.CaseSensitive ?? true
