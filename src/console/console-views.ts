import type { Operator } from './operator.ts'

/** Who asks for a view, and where its page begins. */
export interface ViewQuestion {
  readonly operator: Operator
  /** The cursor that the page before ended with. */
  readonly after: string | undefined
}

/**
 * What the console shows of a pool that no operation tells; undefined for an unknown pool, `denied` for an operator whose policies don't
 * allow it, `no such page` where no page ended with such a cursor. A view that looks at no policy is public, or belongs to `dev`, where
 * everybody is the operator.
 */
export type ConsoleView = (poolId: string, question: ViewQuestion) => Promise<object | undefined | 'denied' | 'no such page'>

/** Views by name. */
export type ConsoleViews = Readonly<Record<string, ConsoleView>>
