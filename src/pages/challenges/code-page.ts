import type { Graphic } from '../../domain/look.ts'
import { backToSignIn } from '../back-to-sign-in.ts'
import { cleanCode } from '../clean-code.ts'
import { codeField } from '../components/code-field.ts'
import { otherWays } from '../components/other-ways.ts'
import { primaryButton } from '../components/primary-button.ts'
import { text, value } from '../components/text.ts'
import { alertOf, errorAt, type Fault, FormFault, sentenceFor } from '../fault.ts'
import { html, type Value } from '../html.ts'
import type { PageReply } from '../page.ts'
import { show } from '../show.ts'
import { type Step, stepForm } from '../step.ts'
import { fillHtml } from '../strings/fill.ts'
import type { Visit } from '../visit.ts'
import type { ChallengePage } from './challenge-page.ts'
import { otherWay } from './other-way.ts'

/** What the page of a code says. */
export interface CodePage {
  readonly heading: string
  readonly explanation: Value
  readonly graphic: Graphic
  readonly fault?: Fault | undefined
}

/** The sentence on where a code went. */
export const sentTo = ({ strings: { code } }: Visit, { challenge: { parameters } }: Step): Value => {
  const destination = value(parameters['CODE_DELIVERY_DESTINATION'] ?? '')
  const phrase = parameters['CODE_DELIVERY_DELIVERY_MEDIUM'] === 'SMS' ? code.sentBySms : code.sentByEmail
  return fillHtml(phrase, { destination })
}

/** A page that asks for a code. */
export const codePage = async (visit: Visit, step: Step, { heading, explanation, graphic, fault }: CodePage): Promise<PageReply> => {
  const { strings } = visit
  const body = html`${codeField({ label: strings.code.label, error: errorAt(fault, 'code'), autofocus: true })}${primaryButton({
    text: strings.mfa.submit,
  })}`
  return show(visit, {
    heading,
    graphic,
    alert: alertOf(fault),
    body: html`${text(explanation)}${await stepForm(visit, step, { body })}${otherWays([otherWay(visit, step), backToSignIn(visit)])}`,
  })
}

/** The code that was typed; throws FormFault when there is none. */
export const typedCode = ({ request, strings }: Visit): string => {
  const code = cleanCode(request.form.get('code') ?? '')
  if (code === '') throw new FormFault({ field: 'code', text: strings.errors.requiredCode })
  return code
}

/** What the refusal of a code means, by the sentence for a wrong one. */
export const codeFault =
  (wrong: 'wrongEmailCode' | 'wrongSmsCode' | 'wrongTotp'): NonNullable<ChallengePage['faultOf']> =>
  ({ strings }, error) => {
    if (error.code === 'CodeMismatchException' || error.code === 'EnableSoftwareTokenMFAException') {
      return { field: 'code', text: strings.errors[wrong] }
    }
    return error.code === 'ExpiredCodeException' ? { field: 'code', text: sentenceFor(error, strings) } : undefined
  }
