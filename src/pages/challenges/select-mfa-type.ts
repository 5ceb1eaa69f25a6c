import { backToSignIn } from '../back-to-sign-in.ts'
import { choiceList } from '../components/choice-list.ts'
import { otherWays } from '../components/other-ways.ts'
import { alertOf, FormFault } from '../fault.ts'
import { html } from '../html.ts'
import { show } from '../show.ts'
import { type Step, stepForm } from '../step.ts'
import type { Visit } from '../visit.ts'
import { type ChallengePage, respond } from './challenge-page.ts'

const choices = ({ strings: { mfa } }: Visit, { challenge: { parameters } }: Step) => {
  const words: Readonly<Record<string, { title: string; text?: string }>> = {
    SMS_MFA: { title: mfa.sms },
    EMAIL_OTP: { title: mfa.email },
    SOFTWARE_TOKEN_MFA: { title: mfa.totp, text: mfa.totpChoiceText },
  }
  const factors = JSON.parse(parameters['MFAS_CAN_CHOOSE'] ?? '[]') as string[]
  return factors.flatMap((value) => (words[value] ? [{ value, ...words[value] }] : []))
}

/** Lets somebody who has more than one second factor choose. */
export const selectMfaTypePage: ChallengePage = {
  show: async (visit, step, fault) => {
    const { strings } = visit
    const body = choiceList({ name: 'answer', legend: strings.mfa.selectTitle, choices: choices(visit, step) })
    return show(visit, {
      heading: strings.mfa.selectTitle,
      alert: alertOf(fault),
      body: html`${await stepForm(visit, step, { body })}${otherWays([backToSignIn(visit)])}`,
    })
  },
  answer: (visit, step) => {
    const chosen = visit.request.form.get('answer')
    if (chosen === undefined) throw new FormFault({ text: visit.strings.errors.requiredChoice })
    return respond(visit, step, { ANSWER: chosen })
  },
}
