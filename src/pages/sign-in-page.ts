import { poolRecoveryFault } from '../domain/account-recovery.ts'
import { asksCustomChallenges } from './asks-custom-challenges.ts'
import { accountLine } from './components/account-line.ts'
import type { Alert } from './components/alert.ts'
import type { Form } from './components/form.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { passwordField } from './components/password-field.ts'
import { primaryButton, primaryInput } from './components/primary-button.ts'
import { alertOf, errorAt, type Fault } from './fault.ts'
import { html, type Value } from './html.ts'
import { type IdentifierOptions, identifierField } from './identifier-field.ts'
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

/** What test suites and scripts that drive AWS's pages look for: the form on both versions, and on classic pages its fields by their ids. */
const formName = 'cognitoSignInForm'
const classicIds: Readonly<Record<string, string>> = { username: 'signInFormUsername', password: 'signInFormPassword' }
/** The fingerprint of the browser, which AWS's script would fill in. */
const fingerprint = { cognitoAsfData: '' }

const withClassicIds = ({ fields, ...alert }: Alert): Alert => ({
  ...alert,
  ...(fields && { fields: fields.map((field) => ({ ...field, id: classicIds[field.name] })) }),
})

const classicFields = (
  { strings, authorization }: Visit,
  identifier: IdentifierOptions,
  { fault, asksPassword }: { readonly fault: Fault | undefined; readonly asksPassword: boolean },
) => {
  const { signIn } = strings
  const error = errorAt(fault, 'password')
  const password = asksPassword && passwordField({ id: classicIds['password'], label: signIn.password, strings, error, enterkeyhint: 'go' })
  return html`${identifierField(authorization.pool, strings, { ...identifier, id: classicIds['username'] })}${password}${primaryInput({
    text: asksPassword ? signIn.submit : signIn.next,
    name: 'signInSubmitButton',
  })}`
}

/** The name alone (managed login, or where the pool's own challenges follow), or name and password on one page (classic). */
export const signInPage = (visit: Visit, { username, fault, alert }: SignInPage = {}): PageReply => {
  const { strings, authorization, version } = visit
  const asksPassword = version === 1 && !asksCustomChallenges(visit.ctx, authorization)
  const identifier = { value: username ?? authorization.loginHint, fault, autofocus: true }
  const body =
    version === 2
      ? html`${identifierField(authorization.pool, strings, identifier)}${primaryButton({ text: strings.signIn.next, name: 'signInSubmitButton', value: 'next' })}`
      : classicFields(visit, identifier, { fault, asksPassword })
  const shown = alert ?? alertOf(fault)
  return show(visit, {
    heading: strings.signIn.title,
    alert: version === 1 && shown !== undefined ? withClassicIds(shown) : shown,
    body: html`${ownForm(visit, { page: 'login', name: formName, hidden: fingerprint, body })}${otherWays([asksPassword && forgotLine(visit), signUpLine(visit)])}`,
  })
}

/** The password of somebody whose name is known (managed login). */
export const passwordPage = (
  visit: Visit,
  {
    username = '',
    fault,
    hidden,
    ways = [],
  }: Pick<SignInPage, 'username' | 'fault'> & Pick<Form, 'hidden'> & { readonly ways?: readonly Value[] },
): PageReply => {
  const { strings } = visit
  // Password managers look for the name beside the password.
  const body = html`${accountLine({ account: username, otherHref: pageLink(visit, 'login'), strings })}${passwordField({
    label: strings.signIn.password,
    strings,
    error: errorAt(fault, 'password'),
    autofocus: true,
    enterkeyhint: 'go',
  })}${primaryButton({ text: strings.signIn.submit, name: 'signInSubmitButton', value: 'Sign in' })}`
  return show(visit, {
    heading: strings.signIn.enterPassword,
    alert: alertOf(fault),
    graphic: 'password',
    body: html`${ownForm(visit, {
      page: 'login',
      name: formName,
      hidden: { username, ...hidden, ...fingerprint },
      body,
    })}${otherWays([...ways, forgotLine(visit)])}`,
  })
}
