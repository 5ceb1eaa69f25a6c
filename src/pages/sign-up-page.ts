import { askedAtSignUp } from '../domain/sign-up-attributes.ts'
import { termsOf } from '../flows/open-terms.ts'
import { attributeField, attributeFieldName } from './attribute-field.ts'
import { link } from './components/link.ts'
import { otherWays } from './components/other-ways.ts'
import { passwordField } from './components/password-field.ts'
import { primaryButton } from './components/primary-button.ts'
import { legalText } from './components/text.ts'
import { alertOf, errorAt, type Faults } from './fault.ts'
import { html, type Value } from './html.ts'
import { identifierField } from './identifier-field.ts'
import type { PageReply } from './page.ts'
import { passwordRules } from './password-rules.ts'
import { ownForm, show } from './show.ts'
import type { TypedSignUp } from './sign-up-form.ts'
import { fillHtml } from './strings/fill.ts'
import { pageLink, type Visit } from './visit.ts'

const nobody: TypedSignUp = { username: '', password: '', attributes: new Map() }

const attributeFields = ({ authorization: { pool, client }, strings }: Visit, { attributes }: TypedSignUp, faults: Faults): Value =>
  askedAtSignUp(pool, client).map(({ attribute, required }) => {
    const { Name } = attribute
    return attributeField(attribute, strings, { value: attributes.get(Name), error: errorAt(faults, attributeFieldName(Name)), required })
  })

/** Managed login alone shows the terms (developer guide, "Terms documents"). */
const termsLine = async ({ ctx, authorization, version, language, strings: { signUp } }: Visit): Promise<Value> => {
  const terms = version === 2 ? await termsOf(ctx, authorization, language) : undefined
  if (terms === undefined) return undefined
  return legalText(
    fillHtml(signUp.agreeToTerms, {
      terms: link({ text: signUp.termsOfUse, href: terms.termsOfUse, away: true }),
      privacy: link({ text: signUp.privacyPolicy, href: terms.privacyPolicy, away: true }),
    }),
  )
}

/** The page where somebody makes an account, with what was typed before, the password aside. */
export const signUpPage = async (visit: Visit, typed: TypedSignUp = nobody, faults: Faults = undefined): Promise<PageReply> => {
  const { authorization, strings } = visit
  const { signUp } = strings
  // An alias signs in once it is verified; what is chosen here is the user name.
  const { AliasAttributes: _, ...pool } = authorization.pool
  const body = [
    identifierField(pool, strings, { value: typed.username || authorization.loginHint, fault: faults, autofocus: true }),
    attributeFields(visit, typed, faults),
    passwordField({
      label: signUp.password,
      strings,
      isNew: true,
      rules: passwordRules(pool.Policies.PasswordPolicy, strings),
      error: errorAt(faults, 'password'),
      enterkeyhint: 'go',
    }),
    await termsLine(visit),
    primaryButton({ text: signUp.submit, name: 'signUpButton', value: 'Sign up' }),
  ]
  return show(visit, {
    heading: signUp.title,
    alert: alertOf(faults),
    body: html`${ownForm(visit, { page: 'signup', body })}${otherWays([
      html`${signUp.haveAccount} ${link({ text: signUp.signIn, href: pageLink(visit, 'login') })}`,
    ])}`,
  })
}
