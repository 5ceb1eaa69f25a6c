import { createHash } from 'node:crypto'
import { type MetricStep, metricsType } from '../domain/counters.ts'
import type { ConsoleReply, ConsoleRequest } from './console-request.ts'
import { mayDo, type Operator } from './operator.ts'

/** A message as the console shows it. */
export interface ShownMessage {
  readonly medium: 'EMAIL' | 'SMS'
  readonly destination: string
  readonly subject: string
  /** HTML for e-mail, plain for SMS. */
  readonly body: string
  readonly text?: string | undefined
  readonly code?: string | undefined
  readonly kind?: string | undefined
  readonly userPoolId?: string | undefined
  /** Epoch milliseconds. */
  readonly sentAt: number
}

/** What changes while somebody looks and no operation tells. */
export interface LiveFacts {
  /** Newest first; undefined where messages are sent, not kept. */
  readonly messages: (() => readonly ShownMessage[]) | undefined
  /** The counters in Prometheus's text format. */
  readonly metrics: () => string | Promise<string>
  /** How much they grew, step by step, in the last hour or day: lines of the same format. */
  readonly history: (span: 'hour' | 'day') => readonly MetricStep[] | Promise<readonly MetricStep[]>
}

const most = 200

const reply = (status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): ConsoleReply => ({
  status,
  headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
  body,
})

const refusal = (status: number, message: string) => reply(status, 'application/json', JSON.stringify({ message }))

const shown = ({ medium, destination, subject, body, text, code, kind, userPoolId, sentAt }: ShownMessage) => ({
  medium,
  destination,
  subject,
  body,
  text,
  code,
  kind,
  userPoolId,
  sentAt,
})

const answerMessages = (messages: readonly ShownMessage[], known: string | undefined): ConsoleReply => {
  const body = JSON.stringify(messages.slice(0, most).map(shown))
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  return known === etag ? reply(304, 'application/json', '', { etag }) : reply(200, 'application/json', body, { etag })
}

/**
 * Answers /console/live/mailbox (the newest 200 messages, or 304), /console/live/metrics, and /console/live/hour and /day (what grew);
 * undefined below any other path. Codes and counts are of every pool, so they need permissions of their own: poolhouse:ReadMessages and
 * poolhouse:ReadMetrics on `*`.
 */
export const answerLive = async (
  facts: LiveFacts,
  { path, headers }: Pick<ConsoleRequest, 'path' | 'headers'>,
  operator: Pick<Operator, 'policies'> | undefined,
): Promise<ConsoleReply | undefined> => {
  const [, asked] = /^\/console\/live\/(mailbox|metrics|hour|day)$/.exec(path) ?? []
  if (asked === undefined) return undefined
  if (operator === undefined) return refusal(401, 'Sign in to the console first.')
  const action = asked === 'mailbox' ? 'ReadMessages' : 'ReadMetrics'
  if (!mayDo(operator, action)) return refusal(403, `This concerns every user pool and needs poolhouse:${action} on *.`)
  if (asked === 'hour' || asked === 'day') return reply(200, 'application/json', JSON.stringify(await facts.history(asked)))
  if (asked === 'metrics') return reply(200, metricsType, await facts.metrics())
  if (facts.messages === undefined) return refusal(404, 'This server sends its messages and keeps none.')
  return answerMessages(facts.messages(), headers['if-none-match'])
}
