import { printableLine } from './printable.ts'

/** What else a refusal says. */
export interface RefusalDetails {
  /** In the server's own words. */
  readonly why?: string | undefined
  /** One line: what to do next. */
  readonly advice?: string | undefined
  /** The server's name for it. */
  readonly code?: string | undefined
}

/** No tokens, and why not, for a person: a sentence on what was refused, the reason, and what to do next, a line each. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string | undefined

  constructor(what: string, { why, advice, code }: RefusalDetails = {}) {
    super([what, why, advice].flatMap((line) => (line ? [printableLine(line)] : [])).join('\n  '))
    this.code = code
  }
}
