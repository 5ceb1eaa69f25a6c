import { poolRecoveryFault } from '../domain/account-recovery.ts'
import { accountLine } from './components/account-line.ts'
import type { Alert } from './components/alert.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { passwordField } from './components/password-field.ts'
import { primaryButton } from './components/primary-button.ts'
import { alertOf, errorAt, type Fault } from './fault.ts'
import { html } from './html.ts'
import { identifierField } from './identifier-field.ts'
import type { PageReply } from './page.ts'
import { ownForm, show } from './show.ts'
import { pageLink, type Visit } from './visit.ts'

/** What the sign-in page shows besides the empty form. */
export interface SignInPage {
  readonly username?: string | undefined
  readonly fault?: Fault | undefined
  /** What happened before, where it was no fault. */
  readonly alert?: Alert | undefined
}

/** Whether people may sign up on the pages (AdminCreateUserConfig). */
export const allowsSignUp = ({ authorization: { pool } }: Visit): boolean => pool.AdminCreateUserConfig.AllowAdminCreateUserOnly !== true

const signUpLine = (visit: Visit) => {
  const { signIn } = visit.strings
  return allowsSignUp(visit) && html`${signIn.noAccount} ${link({ text: signIn.createAccount, href: pageLink(visit, 'signup') })}`
}

/** Nobody is led to what the pool leaves to its administrators. */
const forgotLine = (visit: Visit) =>
  poolRecoveryFault(visit.authorization.pool) === undefined &&
  link({ text: visit.strings.signIn.forgotPassword, href: pageLink(visit, 'forgotPassword') })

/** The name alone (managed login), or name and password on one page (classic). */
export const signInPage = (visit: Visit, { username, fault, alert }: SignInPage = {}): PageReply => {
  const { strings, authorization, version } = visit
  const identifier = identifierField(authorization.pool, strings, { value: username ?? authorization.loginHint, fault, autofocus: true })
  const body =
    version === 2
      ? html`${identifier}${primaryButton({ text: strings.signIn.next, name: 'signInSubmitButton', value: 'next' })}`
      : html`${identifier}${passwordField({ label: strings.signIn.password, strings, error: errorAt(fault, 'password'), enterkeyhint: 'go' })}${primaryButton(
          { text: strings.signIn.submit, name: 'signInSubmitButton', value: 'Sign in' },
        )}`
  return show(visit, {
    heading: strings.signIn.title,
    alert: alert ?? alertOf(fault),
    body: html`${ownForm(visit, { page: 'login', body })}${otherWays([version === 1 && forgotLine(visit), signUpLine(visit)])}`,
  })
}

/** The password of somebody whose name is known (managed login). */
export const passwordPage = (
  visit: Visit,
  {
    username = '',
    fault,
    step,
    ways = [],
  }: Pick<SignInPage, 'username' | 'fault'> & { readonly step?: string | undefined; readonly ways?: readonly unknown[] },
): PageReply => {
  const { strings } = visit
  const body = html`${passwordField({
    label: strings.signIn.password,
    strings,
    error: errorAt(fault, 'password'),
    autofocus: true,
    enterkeyhint: 'go',
  })}${primaryButton({ text: strings.signIn.submit, name: 'signInSubmitButton', value: 'Sign in' })}`
  return show(visit, {
    heading: strings.signIn.enterPassword,
    alert: alertOf(fault),
    body: html`${accountLine({ account: username, otherHref: pageLink(visit, 'login'), strings })}${ownForm(visit, {
      page: 'login',
      hidden: { username, step },
      body,
    })}${otherWays([...(ways as never[]), forgotLine(visit)])}`,
  })
}
