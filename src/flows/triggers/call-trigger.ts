import type { Context } from '../../context.ts'
import { isObject } from '../../domain/is-object.ts'
import { configuredFunction, type TriggerName } from '../../domain/trigger-config.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidLambdaResponse, triggerFailed, triggerNotInvocable, triggerTimedOut } from '../../errors.ts'

/** What differs between the events of a trigger. */
export interface TriggerCall {
  readonly pool: UserPool
  readonly trigger: TriggerName
  /** The event's triggerSource, e.g. `PreSignUp_AdminCreateUser`. */
  readonly source: string
  readonly userName: string
  /** Of the app client; undefined says CLIENT_ID_NOT_APPLICABLE, null says null. */
  readonly clientId?: string | null | undefined
  readonly request: Readonly<Record<string, unknown>>
  /** The response as the function finds it. */
  readonly response: Readonly<Record<string, unknown>> | null
  readonly version?: '1' | '2' | '3'
}

/** What a function answered in `response`; nothing in it has been checked. */
export type TriggerResponse = Readonly<Record<string, unknown>>

// guess: callerContext.clientId of operations that name no app client is CLIENT_ID_NOT_APPLICABLE, as captured for AdminCreateUser; only
// AdminConfirmSignUp's is null, as captured too.
const noClient = 'CLIENT_ID_NOT_APPLICABLE'

/** The event of a call, in the shape of the developer guide's samples; without `response` where nothing is to be answered. */
export const triggerEvent = ({
  pool,
  source,
  userName,
  clientId,
  request,
  response,
  version = '1',
}: Omit<TriggerCall, 'response'> & Partial<Pick<TriggerCall, 'response'>>) => ({
  version,
  triggerSource: source,
  region: pool.region,
  userPoolId: pool.Id,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: clientId === undefined ? noClient : clientId },
  request,
  ...(response === undefined ? {} : { response }),
})

/**
 * Calls the function that the pool has for a trigger and answers its `response`; undefined when the pool has none. Throws
 * UserLambdaValidationException when the function threw, UnexpectedLambdaException when it can't be called, InvalidLambdaResponseException
 * when it answers nothing, or what is no event.
 */
export const callTrigger = async (ctx: Context, call: TriggerCall): Promise<TriggerResponse | undefined> => {
  const configured = configuredFunction(call.pool, call.trigger)
  if (configured === undefined) return undefined
  const outcome = await ctx.triggers.invoke(configured.arn, triggerEvent(call))
  switch (outcome.kind) {
    case 'threw':
      throw triggerFailed(call.trigger, outcome.message)
    case 'not invocable':
      ctx.log.warn(
        { requestId: ctx.call.requestId, trigger: call.trigger, arn: configured.arn, reason: outcome.sentence },
        'a trigger failed',
      )
      throw (outcome.timedOut ? triggerTimedOut : triggerNotInvocable)(call.trigger)
    case 'answered': {
      const { answer } = outcome
      // Mostly a forgotten `return event` (text: amplify-cli#4341).
      if (answer === null || answer === undefined) throw invalidLambdaResponse('Invalid lambda function output : Invalid JSON')
      const response = isObject(answer) ? answer['response'] : undefined
      if (!isObject(response)) throw invalidLambdaResponse()
      return response
    }
  }
}
