import type { Asked, tokensIn } from './challenge.ts'
import type { Handed } from './handed-back.ts'
import type { TestAnswer, TestRequest } from './request.ts'

/** A sign-in that goes on in a browser's login pages. */
export interface Away {
  readonly kind: 'away'
  readonly request: Extract<TestRequest, { kind: 'page' }>
  /** Where the answer goes. */
  readonly callback: string
  readonly state: string
}

/** How far a sign-in has come. */
export type Outcome =
  | { readonly kind: 'asked'; readonly asked: Asked /** Of MFA_SETUP. */; readonly secretCode?: string }
  | { readonly kind: 'tokens'; readonly tokens: ReturnType<typeof tokensIn> }
  | Away
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly operation: string
      readonly challenge: string | undefined
    }

/** A sign-in under way. */
export interface SignInRun {
  begin(): Promise<Outcome>
  /** Answers the challenge with what was filled in. */
  respond(asked: Asked, filled: Readonly<Record<string, string>>): Promise<Outcome>
  /** Goes on with what the login pages handed back. */
  receive(handed: Handed): Promise<Outcome>
}

/** What a sign-in needs from outside. */
export interface RunTools {
  readonly send: (title: string, request: TestRequest) => Promise<TestAnswer>
  /** Shows a request that somebody else sent. */
  readonly note: (title: string, request: TestRequest, answer: TestAnswer) => void
  /** 32 unpredictable bytes. */
  readonly secret: Uint8Array
  /** A text that nobody can guess, another one each time. */
  readonly unguessable: () => string
  /** Epoch ms. */
  readonly now: () => number
}

/** The members of an answer's JSON; none where it has no object. */
export const membersOf = ({ text }: Pick<TestAnswer, 'text'>): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

/** What a refusal says, of the API or of the token endpoint. */
export const refusalIn = (answer: TestAnswer, operation: string, challenge?: string): Outcome => {
  const { __type, message, error, error_description: description } = membersOf(answer)
  const code = answer.status === 0 ? 'HTTP' : String(__type ?? error ?? `HTTP ${answer.status}`)
  const said = answer.status === 0 ? 'The server does not answer.' : String(message ?? description ?? '')
  return { kind: 'refused', code, message: said, operation, challenge }
}

/** Whether an answer is none that refuses. */
export const isGood = ({ status }: Pick<TestAnswer, 'status'>): boolean => status >= 200 && status < 400
