import type { AuthEventType } from '../model/types.gen.ts'

/** A sign-in, sign-up or reset that threat protection looked at, as AdminListUserAuthEvents shows it. */
export interface AuthEvent extends AuthEventType {
  readonly poolUid: string
  readonly userId: string
  readonly EventId: string
  /** Epoch milliseconds. */
  readonly CreationDate: number
  /** What later sign-ins are compared with; never shown. */
  readonly trace: {
    readonly deviceKey?: string | undefined
    /** The first 24 (IPv4) or 48 (IPv6) bits of the address. */
    readonly network?: string | undefined
    readonly userAgent?: string | undefined
  }
}
