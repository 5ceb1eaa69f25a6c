import { backToSignIn } from './back-to-sign-in.ts'
import { accountLine } from './components/account-line.ts'
import type { Alert } from './components/alert.ts'
import { codeField } from './components/code-field.ts'
import { link } from './components/link.ts'
import { linkButton } from './components/link-button.ts'
import { otherWays } from './components/other-ways.ts'
import { passwordField } from './components/password-field.ts'
import { primaryButton } from './components/primary-button.ts'
import { text } from './components/text.ts'
import { alertOf, errorAt, type Faults } from './fault.ts'
import { html } from './html.ts'
import { identifierField } from './identifier-field.ts'
import type { PageReply } from './page.ts'
import { passwordRules } from './password-rules.ts'
import { deliveredText, type SentCode, sentCodeField } from './sent-code.ts'
import { ownForm, show } from './show.ts'
import { pageLink, type Visit } from './visit.ts'

/** What the page of a new password says beside its form. */
export interface ResetPage {
  /** Undefined where somebody comes by themselves: then the page asks for the name too. */
  readonly sent?: SentCode | undefined
  readonly faults?: Faults
  readonly alert?: Alert | undefined
  /** Where the code went, as far as that is told. */
  readonly explanation?: string | undefined
}

const whoseFields = ({ authorization: { pool }, strings, ...visit }: Visit, sent: SentCode | undefined, faults: Faults) =>
  sent === undefined
    ? identifierField(pool, strings, { fault: faults, autofocus: true })
    : accountLine({ account: sent.username, otherHref: pageLink(visit, 'forgotPassword'), strings })

/** The page where somebody sets a new password with a code. */
export const resetPage = async (visit: Visit, { sent, faults, alert, explanation }: ResetPage): Promise<PageReply> => {
  const { strings, authorization } = visit
  const { resetPassword, code } = strings
  const hidden = await sentCodeField(visit, sent)
  const body = [
    sent?.delivered ? deliveredText(visit, sent.delivered) : text(explanation ?? resetPassword.enterOrAsk),
    whoseFields(visit, sent, faults),
    codeField({ label: code.label, error: errorAt(faults, 'code'), autofocus: sent !== undefined }),
    passwordField({
      label: strings.password.new,
      strings,
      isNew: true,
      rules: passwordRules(authorization.pool.Policies.PasswordPolicy, strings),
      error: errorAt(faults, 'password'),
      enterkeyhint: 'go',
    }),
    primaryButton({ text: resetPassword.submit, name: 'reset_password', value: 'Change Password' }),
  ]
  return show(visit, {
    page: 'confirmforgotPassword',
    heading: resetPassword.title,
    alert: alert ?? alertOf(faults),
    body: html`${ownForm(visit, { page: 'confirmforgotPassword', hidden, body })}${otherWays([
      sent === undefined
        ? link({ text: code.resend, href: pageLink(visit, 'forgotPassword') })
        : ownForm(visit, { page: 'forgotPassword', hidden, body: linkButton({ text: code.resend }) }),
      backToSignIn(visit),
    ])}`,
  })
}
