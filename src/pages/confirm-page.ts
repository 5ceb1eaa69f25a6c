import { confirmsByLink } from '../domain/messages.ts'
import { hasCustomSender } from '../flows/triggers/custom-sender.ts'
import { backToSignIn } from './back-to-sign-in.ts'
import type { Alert } from './components/alert.ts'
import { codeField } from './components/code-field.ts'
import { link } from './components/link.ts'
import { linkButton } from './components/link-button.ts'
import { otherWays } from './components/other-ways.ts'
import { primaryButton } from './components/primary-button.ts'
import { text, value } from './components/text.ts'
import { alertOf, errorAt, type Faults } from './fault.ts'
import { html } from './html.ts'
import { identifierField } from './identifier-field.ts'
import type { PageReply } from './page.ts'
import { deliveredText, type SentCode, sentCodeField } from './sent-code.ts'
import { ownForm, show } from './show.ts'
import { fillHtml } from './strings/fill.ts'
import { pageLink, type Visit } from './visit.ts'

/** What the confirmation page says beside its form. */
export interface ConfirmPage {
  /** Undefined where somebody comes by themselves: then the page asks for the name too. */
  readonly sent?: SentCode | undefined
  readonly faults?: Faults
  /** What happened before, where it was no fault. */
  readonly alert?: Alert | undefined
}

/** Whether sign-ups are confirmed by a link in a mail, as far as it is known how the person was written to. */
export const comesByLink = ({ authorization: { pool } }: Visit, sent: SentCode | undefined): boolean => {
  const onlyMail = pool.AutoVerifiedAttributes?.length === 1 && pool.AutoVerifiedAttributes[0] === 'email'
  const medium = sent?.delivered?.DeliveryMedium ?? (onlyMail ? 'EMAIL' : 'SMS')
  return confirmsByLink(pool, 'SignUp', medium) && !hasCustomSender(pool, medium)
}

const headingOf = ({ strings: { confirm } }: Visit, sent: SentCode | undefined): string => {
  if (sent?.delivered === undefined) return confirm.title
  return sent.delivered.DeliveryMedium === 'SMS' ? confirm.titlePhone : confirm.titleEmail
}

/** A link is opened elsewhere; who has done so goes on here. */
const linkPage = async (visit: Visit, { sent, faults, alert }: ConfirmPage & { readonly sent: SentCode }): Promise<PageReply> => {
  const { strings } = visit
  const { confirm, common } = strings
  const hidden = await sentCodeField(visit, sent)
  const sentence = sent.delivered && fillHtml(confirm.linkSent, { destination: value(sent.delivered.Destination ?? '') })
  const resend = linkButton({ text: confirm.linkResend, action: pageLink(visit, 'resendcode'), form: 'sent' })
  const said = sentence && text(sentence)
  const form =
    sent.session === undefined
      ? ownForm(visit, { page: 'resendcode', hidden, body: [said, primaryButton({ text: confirm.linkResend })] })
      : ownForm(visit, {
          page: 'confirm',
          id: 'sent',
          hidden,
          body: [said, primaryButton({ text: common.continue, name: 'opened', value: 'yes' })],
        })
  return show(visit, {
    page: 'confirm',
    heading: headingOf(visit, sent),
    alert: alert ?? alertOf(faults),
    body: html`${form}${otherWays([sent.session !== undefined && resend, backToSignIn(visit)])}`,
  })
}

const codeFormPage = async (visit: Visit, { sent, faults, alert }: ConfirmPage): Promise<PageReply> => {
  const { strings, authorization } = visit
  const { confirm, code } = strings
  const hidden = await sentCodeField(visit, sent)
  const body = [
    sent?.delivered && deliveredText(visit, sent.delivered),
    sent === undefined && identifierField(authorization.pool, strings, { fault: faults, autofocus: true }),
    codeField({ label: code.label, error: errorAt(faults, 'code'), autofocus: sent !== undefined }),
    primaryButton({ text: confirm.submit }),
  ]
  return show(visit, {
    page: 'confirm',
    heading: headingOf(visit, sent),
    alert: alert ?? alertOf(faults),
    body: html`${ownForm(visit, { page: 'confirm', id: 'sent', hidden, body })}${otherWays([
      sent === undefined
        ? link({ text: code.resend, href: pageLink(visit, 'resendcode') })
        : linkButton({ text: code.resend, action: pageLink(visit, 'resendcode'), form: 'sent' }),
      backToSignIn(visit),
    ])}`,
  })
}

/** The page of somebody who signed up and is not confirmed: asks for the code, or says that a link was sent. */
export const confirmPage = (visit: Visit, { sent, ...more }: ConfirmPage): Promise<PageReply> =>
  sent !== undefined && comesByLink(visit, sent) ? linkPage(visit, { sent, ...more }) : codeFormPage(visit, { sent, ...more })
