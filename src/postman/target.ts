import type { AppClient } from '../domain/app-client.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { GetUserPoolMfaConfigResponse, OperationName, UserPoolClientType, UserPoolType } from '../model/types.gen.ts'

/** The pool and the app client that requests are written for, as Describe operations tell of them, and where they are served. */
export interface PostmanTarget {
  /** Of the API, without a slash at its end. */
  readonly endpoint: string
  readonly region: string
  readonly pool: UserPoolType & { readonly Id: string; readonly Name: string }
  readonly mfa: GetUserPoolMfaConfigResponse
  /** Its ClientSecret is empty where there is one that no server tells (any more): people type it into `client_secret`. */
  readonly client: UserPoolClientType & { readonly ClientId: string; readonly ClientName: string }
  /** Where `/login` and `/oauth2/token` are, without a slash at its end. */
  readonly oauthUrl: string
  /** A list of messages that were sent, which takes `?to=`; undefined where people get them. */
  readonly mailboxUrl: string | undefined
  /** What administrators' calls are signed with; `vault`: what is in Postman's vault as access_key and secret_key. */
  readonly credentials: SigningKeys | 'vault'
  /** Whether the server tells good signatures from bad ones; where nobody says so, one whose key comes from the vault does. */
  readonly checksSignatures?: boolean
  /** The operations that the server has. */
  readonly operations: readonly OperationName[]
  /** What `plainTarget` has left out, in words. */
  readonly leftOut: readonly string[]
}

/** An access key. */
export interface SigningKeys {
  readonly accessKeyId: string
  readonly secretKey: string
  readonly sessionToken?: string | undefined
}

/** The pool as the rules of `domain/` want it: what only a server knows of it is made up, and no rule that plans requests looks at that. */
export const planningPool = ({ pool, mfa, region }: Pick<PostmanTarget, 'pool' | 'mfa' | 'region'>): UserPool => ({
  ...pool,
  MfaConfiguration: mfa.MfaConfiguration ?? pool.MfaConfiguration,
  SmsConfiguration: mfa.SmsMfaConfiguration?.SmsConfiguration ?? pool.SmsConfiguration,
  uid: '',
  region,
  version: 1,
  mfa: {
    smsEnabled: mfa.SmsMfaConfiguration !== undefined,
    SoftwareTokenMfaConfiguration: mfa.SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration: mfa.EmailMfaConfiguration,
    WebAuthnConfiguration: mfa.WebAuthnConfiguration,
  },
  Arn: pool.Arn ?? '',
  Policies: pool.Policies ?? {},
  SchemaAttributes: pool.SchemaAttributes ?? [],
  AdminCreateUserConfig: pool.AdminCreateUserConfig ?? {},
  CreationDate: 0,
  LastModifiedDate: 0,
})

/** The app client as the rules of `domain/` want it, see `planningPool`. */
export const planningClient = ({ pool, client }: Pick<PostmanTarget, 'pool' | 'client'>): AppClient => ({
  ...client,
  uid: '',
  poolUid: '',
  version: 1,
  secrets: [],
  UserPoolId: pool.Id,
  RefreshTokenValidity: client.RefreshTokenValidity ?? 30,
  TokenValidityUnits: client.TokenValidityUnits ?? {},
  AuthSessionValidity: client.AuthSessionValidity ?? 3,
  EnableTokenRevocation: client.EnableTokenRevocation ?? true,
  CreationDate: 0,
  LastModifiedDate: 0,
})
