import type {
  AccountTakeoverActionType,
  AccountTakeoverEventActionType,
  NotifyConfigurationType,
  NotifyEmailType,
  UserPoolType,
} from '../../../src/model/types.gen.ts'
import { type Risk, usualTakeover } from './risk.ts'
import { textOrNone } from './setting-values.ts'

/** What the console calls the responses to a risk, the mildest first. */
export const riskActions: Readonly<Record<AccountTakeoverEventActionType, string>> = {
  NO_ACTION: 'Allow sign-in',
  MFA_IF_CONFIGURED: 'Optional MFA',
  MFA_REQUIRED: 'Require MFA',
  BLOCK: 'Block sign-in',
}

/** The levels of risk, the lowest first. */
export const riskLevels = ['low', 'medium', 'high'] as const

/** The messages that tell users of a risky sign-in. */
export const riskMails = ['block', 'mfa', 'allow'] as const

/** What happens at a level of risk. */
export interface LevelValues {
  readonly action: AccountTakeoverEventActionType
  readonly notify: boolean
}

/** A message as it is typed. */
export interface MailValues {
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** Adaptive authentication as it is chosen. */
export type AdaptiveValues = Readonly<Record<(typeof riskLevels)[number], LevelValues>> &
  Readonly<Record<(typeof riskMails)[number], MailValues>> & {
    readonly sourceArn: string
    readonly from: string
    readonly replyTo: string
  }

// What the forms of a pool without messages begin with; the place of a sign-in is not known here.
const draft = (subject: string, what: string): MailValues => ({
  subject,
  html: '',
  text: `We noticed an unusual sign-in to the account {username} from {ip-address} ({device-name}) at {login-time}. ${what}\n\nIt was me: {one-click-link-valid}\nIt was not me: {one-click-link-invalid}`,
})
const drafts = {
  block: draft('Blocked sign-in attempt', 'It was blocked. If it was not you, change your password.'),
  mfa: draft('New sign-in attempt', 'A second factor was asked for. If it was not you, change your password.'),
  allow: draft('New sign-in attempt', 'It went through. If it was not you, change your password.'),
}

// guess: a level that has no action has none done, as `src/flows/risk.ts` has it.
const levelValues = (given: AccountTakeoverActionType | undefined): LevelValues => ({
  action: given?.EventAction ?? 'NO_ACTION',
  notify: given?.Notify ?? false,
})

const mailValues = ({ Subject = '', HtmlBody = '', TextBody = '' }: Partial<NotifyEmailType> = {}): MailValues => ({
  subject: Subject,
  html: HtmlBody,
  text: TextBody,
})

/** The form; messages that were never set begin with drafts, and the sender with the pool's. */
export const adaptiveValues = ({ AccountTakeoverRiskConfiguration: given = usualTakeover }: Risk, pool: UserPoolType): AdaptiveValues => {
  const { Actions, NotifyConfiguration: notify } = given
  return {
    low: levelValues(Actions.LowAction),
    medium: levelValues(Actions.MediumAction),
    high: levelValues(Actions.HighAction),
    sourceArn: notify === undefined ? (pool.EmailConfiguration?.SourceArn ?? '') : notify.SourceArn,
    from: notify?.From ?? '',
    replyTo: notify?.ReplyTo ?? '',
    ...(notify === undefined
      ? drafts
      : { block: mailValues(notify.BlockEmail), mfa: mailValues(notify.MfaEmail), allow: mailValues(notify.NoActionEmail) }),
  }
}

/** Whether any level tells the user. */
export const notifiesOf = (values: AdaptiveValues): boolean => riskLevels.some((level) => values[level].notify)

/** What is wrong with it, as a sentence (developer guide, "Setting up threat protection": no milder response to a higher risk). */
export const adaptiveFault = (values: AdaptiveValues): string | undefined => {
  const order = Object.keys(riskActions)
  const [low = 0, medium = 0, high = 0] = riskLevels.map((level) => order.indexOf(values[level].action))
  if (low > medium || medium > high) return 'A higher level of risk can’t have a milder response than a lower one.'
  return notifiesOf(values) && values.sourceArn.trim() === '' ? 'Notifications need the ARN of an SES identity.' : undefined
}

const mailOf = ({ subject, html, text }: MailValues): NotifyEmailType | undefined =>
  [subject, html, text].every((part) => part.trim() === '')
    ? undefined
    : { Subject: subject, HtmlBody: textOrNone(html), TextBody: textOrNone(text) }

const notificationsOf = ({ sourceArn, from, replyTo, block, mfa, allow }: AdaptiveValues): NotifyConfigurationType => ({
  SourceArn: sourceArn.trim(),
  From: textOrNone(from),
  ReplyTo: textOrNone(replyTo),
  BlockEmail: mailOf(block),
  MfaEmail: mailOf(mfa),
  NoActionEmail: mailOf(allow),
})

const actionOf = ({ action, notify }: LevelValues): AccountTakeoverActionType => ({ EventAction: action, Notify: notify })

/** What is sent: messages where a level sends one, and where they were set before. */
export const adaptiveRisk = (values: AdaptiveValues, { AccountTakeoverRiskConfiguration: now }: Risk): Risk => ({
  AccountTakeoverRiskConfiguration: {
    Actions: { LowAction: actionOf(values.low), MediumAction: actionOf(values.medium), HighAction: actionOf(values.high) },
    ...((notifiesOf(values) || now?.NotifyConfiguration !== undefined) && { NotifyConfiguration: notificationsOf(values) }),
  },
})
