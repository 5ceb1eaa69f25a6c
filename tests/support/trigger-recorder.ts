import type { LambdaConfigType } from '../../src/model/types.gen.ts'
import type { TriggerEvent } from '../../src/triggers/triggers.ts'

/** Triggers that one recorded function can answer. */
type Recorded = Exclude<
  keyof LambdaConfigType,
  'KMSKeyID' | 'PreTokenGenerationConfig' | 'CustomEmailSender' | 'CustomSMSSender' | 'InboundFederation'
>

/** What a function makes of an event. */
export type Answering = (event: TriggerEvent) => unknown

/** A function that answers any trigger, and remembers what it was asked. */
export interface TriggerRecorder {
  /** For `createHarness`. */
  readonly functions: Readonly<Record<string, Answering>>
  /** LambdaConfig with the function behind these triggers. */
  config(...triggers: readonly Recorded[]): LambdaConfigType
  /** The events since the last time of asking, oldest first. */
  take(): TriggerEvent[]
  /** How the function answers from now on. */
  answer(handler: Answering): void
  /** Fills in `response` of events whose source begins so; all others are answered as they came. */
  respond(source: string, response: Readonly<Record<string, unknown>>): void
}

/** The ARN of the recorded function. */
export const recorderArn = 'arn:aws:lambda:us-east-1:123456789012:function:recorder'

/** A function that answers every event as it came, until told otherwise. */
export const createTriggerRecorder = (): TriggerRecorder => {
  let events: TriggerEvent[] = []
  let handler: Answering = (event) => event
  return {
    functions: {
      [recorderArn]: (event) => {
        events.push(event)
        return handler(event)
      },
    },
    config: (...triggers) => Object.fromEntries(triggers.map((trigger) => [trigger, recorderArn])),
    take: () => {
      const taken = events
      events = []
      return taken
    },
    answer: (next) => {
      handler = next
    },
    respond: (source, response) => {
      handler = (event) => (event.triggerSource.startsWith(source) ? { ...event, response: { ...event.response, ...response } } : event)
    },
  }
}

/** What a function that goes wrong answers, and the error that says so; `trigger` is its name in LambdaConfig. */
export const brokenAnswers = (trigger: string): [what: string, answer: Answering, type: string, message: string][] => {
  const unrecognizable = ['InvalidLambdaResponseException', 'Unrecognizable lambda output'] as const
  const nothing = ['InvalidLambdaResponseException', 'Invalid lambda function output : Invalid JSON'] as const
  const fail = () => {
    throw new Error('no, not today')
  }
  return [
    ['throws', fail, 'UserLambdaValidationException', `${trigger} failed with error no, not today.`],
    ['answers null', () => null, ...nothing],
    ['answers nothing', () => undefined, ...nothing],
    ['answers text', () => 'garbage', ...unrecognizable],
    ['answers no response', ({ response: _, ...event }) => event, ...unrecognizable],
    ['answers a response that is a list', (event) => ({ ...event, response: [] }), ...unrecognizable],
  ]
}
