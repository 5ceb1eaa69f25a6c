import type { Context } from '../context.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import type { AuthEvent } from '../domain/auth-event.ts'
import type { Assessment, Progress } from '../domain/progress.ts'
import { threatMode } from '../domain/threat-mode.ts'
import type { User } from '../domain/user.ts'
import { CognitoError } from '../errors.ts'
import type { ChallengeResponseType, EventResponseType, EventRiskType, EventType } from '../model/types.gen.ts'
import { clientContext, type Reported } from './client-context.ts'
import { notifyOfRisk } from './notify-of-risk.ts'
import type { OpenClient } from './open-client.ts'

/** Something that a user, or somebody in the user's name, did. */
export interface Occurrence {
  readonly opened: OpenClient
  readonly user: User
  readonly type: EventType
  readonly response: EventResponseType
  readonly request: Reported
  readonly flow?: Progress['flow'] | undefined
  /** What assessRisk answered; a mail goes out when it says so, so pass it once. */
  readonly risk?: Assessment | undefined
  /** The password is one that is known to others. */
  readonly compromised?: boolean | undefined
  readonly challenges?: readonly ChallengeResponseType[] | undefined
  /** The `event_id` of the tokens that were issued; another id when absent. */
  readonly eventId?: string | undefined
}

const levels = { none: undefined, low: 'Low', medium: 'Medium', high: 'High' } as const

/** guess: the decision Block is that of an address which is always blocked, and any other risk is one of AccountTakeover. */
const eventRisk = ({ risk, compromised = false }: Occurrence): EventRiskType => {
  const RiskLevel = levels[risk?.level ?? 'none']
  const decision = RiskLevel === undefined ? 'NoRisk' : 'AccountTakeover'
  return { RiskDecision: risk?.blockedAddress ? 'Block' : decision, RiskLevel, CompromisedCredentialsDetected: compromised }
}

const eventOf = (ctx: Context, occurrence: Occurrence): AuthEvent => {
  const { opened, user, type, response, request, challenges = [] } = occurrence
  const { ip, deviceName, timezone, trace } = clientContext(ctx, opened.client, request)
  return {
    poolUid: opened.pool.uid,
    userId: user.id,
    EventId: occurrence.eventId ?? ctx.random.uuid(),
    EventType: type,
    CreationDate: ctx.clock.now(),
    EventResponse: response,
    EventRisk: eventRisk(occurrence),
    ChallengeResponses: [...challenges],
    // Where an address is can't be known offline, so City and Country stay out.
    EventContextData: { IpAddress: ip, DeviceName: deviceName, Timezone: timezone },
    trace,
  }
}

/** Whether waiting for the row would tell somebody who proved nothing that there is a user whose row it is. */
const tells = ({ client }: OpenClient, response: EventResponseType): boolean => response !== 'Pass' && hidesUserExistence(client)

/**
 * Keeps an event of the user's history and tells the user where the risk's rules want that; nothing is written in pools without threat
 * protection.
 */
export const recordAuthEvent = async (ctx: Context, occurrence: Occurrence): Promise<void> => {
  const { opened, response, risk, user } = occurrence
  if (threatMode(opened.pool, occurrence.flow) === 'OFF') return
  const event = eventOf(ctx, occurrence)
  const written = ctx.store.authEvents.add(ctx.by(), event)
  if (tells(opened, response)) {
    written.catch((error: unknown) => ctx.log.error({ requestId: ctx.call.requestId, err: error }, 'an event could not be kept'))
  } else {
    await written
  }
  if (risk?.notify) notifyOfRisk(ctx, opened, user, event, risk.action)
}

/** Does something for a user and keeps in the history whether it was done or refused. */
export const recordingOutcome = async <T>(ctx: Context, occurrence: Omit<Occurrence, 'response'>, work: () => Promise<T>): Promise<T> => {
  try {
    const done = await work()
    await recordAuthEvent(ctx, { ...occurrence, response: 'Pass' })
    return done
  } catch (error) {
    if (error instanceof CognitoError) await recordAuthEvent(ctx, { ...occurrence, response: 'Fail' })
    throw error
  }
}
