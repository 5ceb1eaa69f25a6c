import type {
  CreateGroupRequest,
  CreateResourceServerRequest,
  CreateUserPoolClientRequest,
  CreateUserPoolDomainRequest,
  CreateUserPoolRequest,
} from '../model/types.gen.ts'

/** Members that a seed says elsewhere are left out, the others are optional: operations check them. */
export type Without<T, K extends keyof T> = Partial<Omit<T, K>>

/** A user to be there. Passwords are set for a new user and left alone once the user has one of their own. */
export interface SeedUser {
  readonly username: string
  /** Permanent; the user is confirmed, also one who still had a temporary password. */
  readonly password?: string
  /** Must be changed at the first sign-in. */
  readonly temporaryPassword?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly groups?: readonly string[]
}

/** An app client to be there; `settings` are members of CreateUserPoolClient. */
export interface SeedClient {
  readonly name: string
  readonly id?: string
  readonly secret?: string
  readonly settings?: Without<CreateUserPoolClientRequest, 'UserPoolId' | 'ClientName' | 'ClientSecret'>
}

/** A pool to be there, with everything in it; `settings` are members of CreateUserPool. */
export interface SeedPool {
  readonly name: string
  readonly id?: string
  readonly region?: string
  readonly settings?: Without<CreateUserPoolRequest, 'PoolName'>
  /** Where the pool's pages are, beside the server's own address: one prefix and one custom domain at most. */
  readonly domains?: readonly Without<CreateUserPoolDomainRequest, 'UserPoolId'>[]
  readonly resourceServers?: readonly Without<CreateResourceServerRequest, 'UserPoolId'>[]
  readonly clients?: readonly SeedClient[]
  readonly groups?: readonly Without<CreateGroupRequest, 'UserPoolId'>[]
  readonly users?: readonly SeedUser[]
}

/** What a seed file says. */
export interface SeedDocument {
  readonly pools: readonly SeedPool[]
}

/** What a seed came to: the ids that an application needs. */
export interface SeededPool {
  readonly name: string
  readonly region: string
  readonly userPoolId: string
  readonly clients: readonly { readonly name: string; readonly clientId: string; readonly secret?: string | undefined }[]
  readonly users: readonly string[]
}
