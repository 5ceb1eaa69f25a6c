import type { AccountTakeoverEventActionType, NotifyEmailType } from '../model/types.gen.ts'
import { escapeHtml } from './messages.ts'

/** What the placeholders of a notification stand for. */
export interface RiskFacts {
  readonly username: string
  readonly ip: string | undefined
  readonly deviceName: string | undefined
  /** For people. */
  readonly loginTime: string
  readonly eventId: string
  readonly feedbackToken: string
  /** Pages where the user says whose sign-in it was. */
  readonly links: { readonly valid: string; readonly invalid: string }
}

const placeholders =
  /\{(username|ip-address|city|country|login-time|device-name|one-click-link-valid|one-click-link-invalid|event-id|feedback-token)\}/g

// guess: what is not known of a risky sign-in reads "unknown" in a notification.
const unknown = 'unknown'

/** Where an address is can't be known offline. */
const valuesOf = (facts: RiskFacts): Readonly<Record<string, string>> => ({
  username: facts.username,
  'ip-address': facts.ip ?? unknown,
  city: unknown,
  country: unknown,
  'login-time': facts.loginTime,
  'device-name': facts.deviceName ?? unknown,
  'one-click-link-valid': facts.links.valid,
  'one-click-link-invalid': facts.links.invalid,
  'event-id': facts.eventId,
  'feedback-token': facts.feedbackToken,
})

/**
 * The same for a CustomEmailSender, as captured (DefinitelyTyped#52111): the event of a notification has it among `userAttributes`.
 * guess: the user's own attributes stand beside what a CustomEmailSender is told of a risky sign-in, so that it has the address to write to.
 */
export const riskEventFacts = (facts: RiskFacts, action: AccountTakeoverEventActionType): Readonly<Record<string, string | null>> => ({
  EVENT_ID: facts.eventId,
  USER_NAME: facts.username,
  IP_ADDRESS: facts.ip ?? null,
  DEVICE_NAME: facts.deviceName ?? null,
  CITY: null,
  COUNTRY: null,
  LOGIN_TIME: facts.loginTime,
  ACCOUNT_TAKE_OVER_ACTION: action,
  ONE_CLICK_LINK_VALID: facts.links.valid,
  ONE_CLICK_LINK_INVALID: facts.links.invalid,
  FEEDBACK_TOKEN: facts.feedbackToken,
})

/**
 * The mail that tells a user of a risky sign-in, with its placeholders filled in in one pass (developer guide, "Message templates"). A
 * template with text alone is shown as HTML too.
 */
export const riskNotification = (
  template: NotifyEmailType,
  facts: RiskFacts,
): { readonly subject: string; readonly body: string; readonly text: string | undefined } => {
  const values = valuesOf(facts)
  const filled = (text: string, shown: (value: string) => string): string =>
    text.replace(placeholders, (_, name: string) => shown(values[name] ?? ''))
  const plain = (text: string) => filled(text, (value) => value)
  const text = template.TextBody === undefined ? undefined : plain(template.TextBody)
  return {
    subject: plain(template.Subject).replace(/\s+/g, ' '),
    body: template.HtmlBody === undefined ? escapeHtml(text ?? '').replace(/\n/g, '<br>\n') : filled(template.HtmlBody, escapeHtml),
    text,
  }
}
