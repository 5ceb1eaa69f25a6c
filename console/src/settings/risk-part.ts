import type { ComponentType, ReactNode } from 'react'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import type { Risk } from './risk.ts'
import type { RiskTarget } from './update-risk.ts'

/** What the form of a part begins with. */
export interface RiskFormProps {
  readonly target: RiskTarget
  readonly pool: UserPoolType
  readonly risk: Risk
  /** Where it leads when it is done. */
  readonly back: string
}

/** A group of threat protection's responses that are shown and changed together. */
export interface RiskPart {
  /** The last part of the address of its form. */
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly items: (risk: Risk) => readonly { readonly label: string; readonly value: ReactNode }[]
  readonly Form: ComponentType<RiskFormProps>
}
