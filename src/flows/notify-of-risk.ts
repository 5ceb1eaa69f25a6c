import type { Context } from '../context.ts'
import type { AuthEvent } from '../domain/auth-event.ts'
import { feedbackLink } from '../domain/feedback-link.ts'
import { notifyEmailOf, riskRules } from '../domain/risk-configuration.ts'
import { type RiskFacts, riskEventFacts, riskNotification } from '../domain/risk-notification.ts'
import type { User } from '../domain/user.ts'
import { shownName } from '../domain/username.ts'
import type { AccountTakeoverEventActionType } from '../model/types.gen.ts'
import { sealFeedbackToken } from './feedback-token.ts'
import type { OpenClient } from './open-client.ts'
import { sendTakeOverNotification } from './send-message.ts'

// Made when there is something to tell: the first one costs every start 15 ms.
const formats = () => ({
  day: new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  time: new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', hour12: true }),
})
let made: ReturnType<typeof formats> | undefined

/** For people, as AWS writes it: `Friday, March 19, 2021 02:25 PM UTC`. */
const shownTime = (at: number): string => {
  made ??= formats()
  return `${made.day.format(at)} ${made.time.format(at).replace(/\s/g, ' ')} UTC`
}

const send = async (ctx: Context, { pool, client }: OpenClient, user: User, event: AuthEvent, action: AccountTakeoverEventActionType) => {
  const { takeover } = riskRules(pool, client)
  const settings = takeover.NotifyConfiguration
  const template = settings?.[notifyEmailOf(action)]
  const { email } = user.attributes
  if (settings === undefined || template === undefined || !email) return
  const token = await sealFeedbackToken(ctx, { poolUid: pool.uid, userId: user.id, eventId: event.EventId })
  const judgeable = { clientId: client.ClientId, user, eventId: event.EventId, token }
  const facts: RiskFacts = {
    username: shownName(pool, user),
    ip: event.EventContextData?.IpAddress,
    deviceName: event.EventContextData?.DeviceName,
    loginTime: shownTime(event.CreationDate),
    eventId: event.EventId,
    feedbackToken: token,
    links: {
      valid: feedbackLink(ctx.policy.publicUrl, pool, judgeable, 'Valid'),
      invalid: feedbackLink(ctx.policy.publicUrl, pool, judgeable, 'Invalid'),
    },
  }
  const sender = { from: settings.From ?? pool.EmailConfiguration?.From, replyTo: settings.ReplyTo }
  await sendTakeOverNotification(ctx, pool, user, email, riskNotification(template, facts), {
    clientId: client.ClientId,
    facts: riskEventFacts(facts, action),
    ...sender,
  })
}

/**
 * Tells the user of a risky sign-in by e-mail, verified or not, in the words of the risk settings (developer guide, "Sending notification
 * messages"). Does not wait: neither the time that it takes nor a failure, which is logged, reaches whoever signs in.
 */
export const notifyOfRisk = (...telling: Parameters<typeof send>): void => {
  const [ctx] = telling
  send(...telling).catch((error: unknown) =>
    ctx.log.warn({ requestId: ctx.call.requestId, error: String(error) }, 'a user was not told of a risky sign-in'),
  )
}
