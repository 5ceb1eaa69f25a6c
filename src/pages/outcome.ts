import type { Context } from '../context.ts'
import { CognitoError } from '../errors.ts'
import type { PageReply } from './page.ts'

/** Counts how a request for a page ended, and tells the log of what was refused. */
export const noteOutcome = ({ call: { requestId, operation }, log, meter }: Context, outcome: string): void => {
  meter.count('requests', { operation, outcome })
  if (outcome !== 'ok') log.debug({ requestId, operation, code: outcome }, 'refused')
}

/** The page with which somebody goes on whom a flow refused: log and metrics name the refusal. */
export const refusedBy = (error: unknown, reply: PageReply): PageReply =>
  error instanceof CognitoError ? { ...reply, outcome: error.code } : reply

/** Tells the log of a fault of the server, under the request id that the answer has. */
export const logFault = ({ call: { requestId, operation }, log }: Context, error: unknown): void =>
  log.error({ requestId, operation, err: error }, 'a request failed because of a fault of the server')
