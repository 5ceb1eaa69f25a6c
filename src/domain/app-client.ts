import type { ClientSSOSessionConfigType, TokenValidityUnitsType, UserPoolClientType } from '../model/types.gen.ts'
import type { RiskSettings } from './user-pool.ts'

/** One of an app client's (at most two) secrets, sealed under the pool's `secrets` key with the secret's id as entity. */
export interface SealedClientSecret {
  /** As ListUserPoolClientSecrets shows it: `<client id>--<epoch ms>`. */
  readonly id: string
  readonly createdAt: number
  /** base64 */
  readonly sealed: string
  /** Set on the secret that came with the client, the only one that DescribeUserPoolClient ever shows. */
  readonly original?: true | undefined
}

/** An app client: the wire's own shape with defaults filled in (PascalCase), and what only the server knows (camelCase). */
export interface AppClient extends UserPoolClientType {
  /** Internal identity; a client made again under the same ClientId has another one. */
  readonly uid: string
  readonly poolUid: string
  /** Grows by one with every saved change. */
  readonly version: number
  /** Newest last; empty for a public client. */
  readonly secrets: readonly SealedClientSecret[]
  /** SetUserPoolClientSessionConfiguration's settings; absent while nobody set any. */
  readonly ssoSession?: ClientSSOSessionConfigType | undefined
  /** SetRiskConfiguration's settings for this client alone; they take the place of the pool's. */
  readonly risk?: RiskSettings | undefined
  readonly UserPoolId: string
  readonly ClientId: string
  readonly ClientName: string
  readonly RefreshTokenValidity: number
  readonly TokenValidityUnits: TokenValidityUnitsType
  readonly AuthSessionValidity: number
  readonly EnableTokenRevocation: boolean
  readonly CreationDate: number
  readonly LastModifiedDate: number
}

/**
 * Whether the client hides that a user does not exist (developer guide, "Managing user existence error responses"); it does not where
 * nobody said so (API_CreateUserPoolClient).
 */
export const hidesUserExistence = (client: AppClient): boolean => client.PreventUserExistenceErrors === 'ENABLED'
