import { accountLine } from '../components/account-line.ts'
import { choiceList } from '../components/choice-list.ts'
import { alertOf, FormFault } from '../fault.ts'
import { html } from '../html.ts'
import { show } from '../show.ts'
import { type Step, stepForm } from '../step.ts'
import { pageLink, type Visit } from '../visit.ts'
import { type ChallengePage, respond } from './challenge-page.ts'
import { shownWays } from './other-way.ts'
import { passwordChallengePage } from './password.ts'

const choices = ({ strings: { choice } }: Visit, { challenge }: Step) => {
  const words = {
    PASSWORD: { title: choice.password, text: choice.passwordText },
    EMAIL_OTP: { title: choice.email, text: undefined },
    SMS_OTP: { title: choice.sms, text: undefined },
    WEB_AUTHN: { title: choice.passkey, text: choice.passkeyText },
  } as const
  return shownWays(challenge).flatMap((value) => (value in words ? [{ value, ...words[value as keyof typeof words] }] : []))
}

const onlyPassword = ({ challenge }: Step) => shownWays(challenge).every((name) => name === 'PASSWORD')

/** Lets somebody choose how to sign in; with nothing but a password to choose, asks for that at once. */
export const selectChallengePage: ChallengePage = {
  show: async (visit, step, fault) => {
    if (onlyPassword(step)) return passwordChallengePage.show(visit, step, fault)
    const { strings } = visit
    const body = choiceList({ name: 'answer', legend: strings.choice.title, choices: choices(visit, step) })
    return show(visit, {
      heading: strings.choice.title,
      alert: alertOf(fault),
      body: html`${accountLine({ account: step.username, otherHref: pageLink(visit, 'login'), strings })}${await stepForm(visit, step, { body })}`,
    })
  },
  answer: async (visit, step) => {
    if (onlyPassword(step)) return passwordChallengePage.answer(visit, step)
    const chosen = shownWays(step.challenge).find((name) => name === visit.request.form.get('answer'))
    if (chosen === undefined) throw new FormFault({ text: visit.strings.errors.requiredChoice })
    const result = await respond(visit, step, { ANSWER: chosen })
    // The way that was chosen shows the way back to the others.
    return result.kind === 'challenge' && result.name === chosen ? { ...result, available: step.challenge.available } : result
  },
}
