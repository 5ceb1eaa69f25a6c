import type { Services } from '../context.ts'
import { serverUid } from '../domain/server-uid.ts'

/** A change as the command line shows it. */
export interface ShownChange {
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly actor: string
  readonly ip?: string | undefined
  readonly requestId: string
  readonly action: string
  readonly subject: string
  readonly outcome: string
}

/** What the command line asks of the audit trail. */
export interface AuditCommands {
  /** Up to 100 changes of a pool, or of the server itself (operators, access keys, pools), newest first; `next` goes on after them. */
  listAudit(input: {
    userPoolId?: string | undefined
    after?: string | undefined
  }): Promise<{ rows: readonly ShownChange[]; next?: string | undefined }>
}

const pageSize = 100

/** The commands over an open store. */
export const createAuditCommands = ({ store }: Pick<Services, 'store'>): AuditCommands => ({
  listAudit: async ({ userPoolId, after }) => {
    const pool = userPoolId === undefined ? undefined : await store.pools.byId(userPoolId)
    if (userPoolId !== undefined && pool === undefined) throw new Error(`There is no user pool ${userPoolId}.`)
    const { rows, next } = await store.audit.list(pool?.uid ?? serverUid, { after, limit: pageSize })
    return { rows: rows.map(({ poolUid: _, ...row }) => row), next }
  },
})
