import type { ComponentType, ReactNode } from 'react'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { MfaSettings } from './mfa-update.ts'

/** What a pool is set to now. */
export interface Now {
  readonly pool: UserPoolType
  readonly mfa: MfaSettings
}

/** A group of settings that are shown and changed together. */
export interface Setting {
  /** The last part of the address of its form. */
  readonly id: string
  readonly title: string
  readonly description?: string
  /** What is shown of it. */
  readonly items: (now: Now) => readonly { readonly label: string; readonly value: ReactNode }[]
  /** Its form, which goes to `back` when it is done. */
  readonly Form: ComponentType<Now & { readonly back: string }>
}
