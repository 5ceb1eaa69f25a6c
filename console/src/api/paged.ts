import type { Input, Output } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'

/** Operations that answer page by page: how their members are named, and the largest page. */
const paged = {
  ListUserPools: { size: 'MaxResults', token: 'NextToken', rows: 'UserPools', most: 60 },
  ListUserPoolClients: { size: 'MaxResults', token: 'NextToken', rows: 'UserPoolClients', most: 60 },
  ListUsers: { size: 'Limit', token: 'PaginationToken', rows: 'Users', most: 60 },
  ListUsersInGroup: { size: 'Limit', token: 'NextToken', rows: 'Users', most: 60 },
  ListGroups: { size: 'Limit', token: 'NextToken', rows: 'Groups', most: 60 },
  AdminListGroupsForUser: { size: 'Limit', token: 'NextToken', rows: 'Groups', most: 60 },
  AdminListDevices: { size: 'Limit', token: 'PaginationToken', rows: 'Devices', most: 60 },
  AdminListUserAuthEvents: { size: 'MaxResults', token: 'NextToken', rows: 'AuthEvents', most: 60 },
  ListResourceServers: { size: 'MaxResults', token: 'NextToken', rows: 'ResourceServers', most: 50 },
  ListIdentityProviders: { size: 'MaxResults', token: 'NextToken', rows: 'Providers', most: 60 },
  ListUserImportJobs: { size: 'MaxResults', token: 'PaginationToken', rows: 'UserImportJobs', most: 60 },
  ListTerms: { size: 'MaxResults', token: 'NextToken', rows: 'Terms', most: 60 },
} as const

/** An operation that answers page by page. */
export type PagedOperation = keyof typeof paged

/** One row of such an operation's answer. */
export type Row<N extends PagedOperation> = (typeof paged)[N]['rows'] extends keyof Output<N>
  ? NonNullable<Output<N>[(typeof paged)[N]['rows']]> extends readonly (infer R)[]
    ? R
    : never
  : never

/** Some rows, and the token of those after them, if there are any. */
export interface RowsPage<R> {
  readonly rows: readonly R[]
  readonly next: string | undefined
}

/** Loads one page of at most `size` rows. */
export type LoadPage<R> = (size: number, token: string | undefined, signal: AbortSignal) => Promise<RowsPage<R>>

/** Pages of an operation; size and token are left out of the input. */
export const pagesOf =
  <N extends PagedOperation>(operation: N, input: Partial<Input<N>>): LoadPage<Row<N>> =>
  async (size, token, signal) => {
    const names = paged[operation]
    const page = { [names.size]: Math.min(size, names.most), ...(token !== undefined && { [names.token]: token }) }
    // The table above says which members there are; the compiler can't follow it through N.
    const output = (await call(operation, { ...input, ...page } as unknown as Input<N>, signal)) as unknown as Record<string, unknown>
    return { rows: (output[names.rows] ?? []) as readonly Row<N>[], next: output[names.token] as string | undefined }
  }
