import type { CognitoError } from '../../errors.ts'
import type { SchemaAttributeType } from '../../model/types.gen.ts'
import { attributeFault, attributeField, attributeFieldName, typedAttribute } from '../attribute-field.ts'
import { accountLine } from '../components/account-line.ts'
import { passwordField } from '../components/password-field.ts'
import { primaryButton } from '../components/primary-button.ts'
import { text } from '../components/text.ts'
import { alertOf, errorAt, type Fault, FormFault, sentenceFor } from '../fault.ts'
import { html } from '../html.ts'
import { passwordRules } from '../password-rules.ts'
import { show } from '../show.ts'
import { type Step, stepForm } from '../step.ts'
import { pageLink, type Visit } from '../visit.ts'
import { type ChallengePage, respond } from './challenge-page.ts'

const prefix = 'userAttributes.'

type Missing = SchemaAttributeType & { readonly Name: string }

/** The attributes that must come with the password. */
const missingOf = ({ authorization: { pool } }: Visit, { challenge: { parameters } }: Step): Missing[] =>
  (JSON.parse(parameters['requiredAttributes'] ?? '[]') as string[]).flatMap((key) => {
    const attribute = pool.SchemaAttributes.find(({ Name }) => prefix + Name === key)
    return attribute?.Name === undefined ? [] : [{ ...attribute, Name: attribute.Name }]
  })

const typedIn = ({ request }: Visit, { Name }: Missing): string => typedAttribute(Name, request.form.get(attributeFieldName(Name)))

/** What was typed for the attributes, as the challenge takes it; throws FormFault for what can't be. */
const typedAttributes = (visit: Visit, step: Step): [key: string, value: string][] =>
  missingOf(visit, step).map((attribute) => {
    const { strings } = visit
    const typed = typedIn(visit, attribute)
    const fault = typed === '' ? strings.errors.required : attributeFault(attribute, typed, strings)
    if (fault !== undefined) throw new FormFault({ field: attributeFieldName(attribute.Name), text: fault })
    return [prefix + attribute.Name, typed]
  })

const aboutPasswords: readonly string[] = ['InvalidPasswordException', 'PasswordHistoryPolicyViolationException']

const faultOf = ({ strings }: Visit, error: CognitoError): Fault | undefined =>
  aboutPasswords.includes(error.code) ? { field: 'password', text: sentenceFor(error, strings) } : undefined

/** A first password of somebody's own, and what the pool requires to know of them. */
export const newPasswordRequiredPage: ChallengePage = {
  show: async (visit, step, fault) => {
    const { strings, authorization } = visit
    const fields = missingOf(visit, step).map((attribute) =>
      attributeField(attribute, strings, {
        value: typedIn(visit, attribute),
        error: errorAt(fault, attributeFieldName(attribute.Name)),
        required: true,
      }),
    )
    const password = passwordField({
      label: strings.password.new,
      strings,
      error: errorAt(fault, 'password'),
      autofocus: true,
      isNew: true,
      rules: passwordRules(authorization.pool.Policies.PasswordPolicy, strings),
    })
    const body = html`${accountLine({ account: step.username, otherHref: pageLink(visit, 'login'), strings })}${password}${
      fields.length > 0 && text(strings.newPassword.attributes)
    }${fields}${primaryButton({ text: strings.newPassword.submit })}`
    return show(visit, {
      heading: strings.newPassword.title,
      graphic: 'password',
      alert: alertOf(fault),
      body: html`${text(strings.newPassword.text)}${await stepForm(visit, step, { body })}`,
    })
  },
  answer: (visit, step) => {
    const password = visit.request.form.get('password')
    if (password === undefined) throw new FormFault({ field: 'password', text: visit.strings.errors.requiredPassword })
    return respond(visit, step, { NEW_PASSWORD: password, ...Object.fromEntries(typedAttributes(visit, step)) })
  },
  faultOf,
}
