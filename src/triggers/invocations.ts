import type { Invocation, TriggerEvent } from './triggers.ts'

/** The newest invocations; what is older is forgotten. */
export interface Invocations {
  add(invocation: Omit<Invocation, 'source' | 'event'> & { readonly event: TriggerEvent }): void
  /** Newest first. */
  list(): Invocation[]
  clear(): void
}

// What is longer helps nobody who looks for a mistake, and fifty answers of a function's greatest size would fill the memory.
const longest = 64 * 1024

const shortened = (value: unknown): unknown => {
  try {
    const length = JSON.stringify(value)?.length ?? 0
    return length > longest ? `(${length} characters)` : value
  } catch {
    // JSON can be read that is too deep to be written.
    return '(what cannot be written as JSON)'
  }
}

/** UserMigration is given the password that somebody typed (developer guide, "Migrate user Lambda trigger"), and answers its event. */
const withoutPassword = (value: unknown): unknown => {
  const { request } = (value ?? {}) as { readonly request?: { readonly password?: unknown } }
  return request?.password === undefined ? value : { ...(value as object), request: { ...request, password: '(hidden)' } }
}

const shown = (value: unknown): unknown => shortened(withoutPassword(value))

/** A list of the last `keep` invocations. */
export const createInvocations = (keep: number): Invocations => {
  let kept: Invocation[] = []
  return {
    add: ({ event, outcome, ...rest }) => {
      if (keep === 0) return
      const told = outcome.kind === 'answered' ? { ...outcome, answer: shown(outcome.answer) } : outcome
      kept.push({ ...rest, source: event.triggerSource, event: shown(event), outcome: told })
      if (kept.length > keep) kept.shift()
    },
    list: () => kept.toReversed(),
    clear: () => {
      kept = []
    },
  }
}
