/** The event that a Lambda function of a user pool gets (developer guide, "Customizing user pool workflows with Lambda triggers"). */
export interface TriggerEvent {
  /** `1`; PreTokenGeneration V2 and V3 send `2` and `3`. */
  readonly version: string
  /** e.g. `PreSignUp_SignUp` */
  readonly triggerSource: string
  readonly region: string
  readonly userPoolId: string
  readonly userName: string
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string | null }
  readonly request: Readonly<Record<string, unknown>>
  /** Custom senders, who have nothing to answer, have none. */
  readonly response?: Readonly<Record<string, unknown>> | null
}

/** How calling a function ended. */
export type TriggerOutcome =
  /** What it answered, parsed; should be the event with `response` filled in, and may be anything. */
  | { readonly kind: 'answered'; readonly answer: unknown }
  /** The function threw an error with this message. */
  | { readonly kind: 'threw'; readonly message: string }
  /** It could not be called, took too long (`timedOut`) or answered what is no JSON; the sentence is for the operator's log. */
  | { readonly kind: 'not invocable'; readonly sentence: string; readonly timedOut?: true | undefined }

/** A call of a function as `GET /_poolhouse/triggers` shows it. */
export interface Invocation {
  /** Epoch milliseconds. */
  readonly at: number
  readonly arn: string
  readonly source: string
  /** Without the password that a migration's event carries. */
  readonly event: unknown
  readonly outcome: TriggerOutcome
  readonly tries: number
  /** In ms. */
  readonly took: number
}

/** Calls functions by their ARN. An ARN without a mapping is not invocable: a trigger that should have had its say never passes in silence. */
export interface Triggers {
  /** Calls the function and waits for its answer: five seconds at most, time-outs tried again as AWS does. Never rejects. */
  invoke(arn: string, event: TriggerEvent): Promise<TriggerOutcome>
  /** Calls the function without waiting for its answer (custom senders); answers why it can't be called, as far as that is known. */
  send(arn: string, event: TriggerEvent): Promise<Extract<TriggerOutcome, { kind: 'not invocable' }> | undefined>
}
