import { incorrectCredentials } from '../../errors.ts'
import type { Challenge } from '../../flows/attempt.ts'
import { backToSignIn } from '../back-to-sign-in.ts'
import { field } from '../components/field.ts'
import { otherWays } from '../components/other-ways.ts'
import { primaryButton } from '../components/primary-button.ts'
import { text } from '../components/text.ts'
import { alertOf, errorAt, FormFault } from '../fault.ts'
import { html } from '../html.ts'
import { show } from '../show.ts'
import { stepForm } from '../step.ts'
import { type ChallengePage, respond } from './challenge-page.ts'

/** What the functions of a pool may call the question that people should see, in this order; without one they see everything. */
const questionNames = ['question', 'prompt']

/** The question of CreateAuthChallenge in lines of text. */
const questionOf = ({ parameters: { USERNAME: _own, ...shown } }: Challenge): string[] => {
  const question = questionNames.map((name) => shown[name]).find(Boolean)
  return question === undefined ? Object.entries(shown).map(([name, value]) => `${name}: ${value}`) : [question]
}

/** A question of the pool's own functions, which Cognito's pages never ask (setting `custom-auth-pages`). */
export const customChallengePage: ChallengePage = {
  show: async (visit, step, fault) => {
    const { strings } = visit
    const answer = field({
      name: 'answer',
      label: strings.custom.answer,
      required: true,
      autofocus: true,
      enterkeyhint: 'go',
      error: errorAt(fault, 'answer'),
    })
    const body = html`${answer}${primaryButton({ text: strings.custom.submit })}`
    return show(visit, {
      heading: strings.custom.title,
      alert: alertOf(fault),
      body: html`${questionOf(step.challenge).map(text)}${await stepForm(visit, step, { body })}${otherWays([backToSignIn(visit)])}`,
    })
  },
  answer: (visit, step) => {
    const answer = visit.request.form.get('answer')
    if (answer === undefined) throw new FormFault({ field: 'answer', text: visit.strings.errors.required })
    return respond(visit, step, { ANSWER: answer })
  },
  faultOf: ({ strings }, error) => (error.message === incorrectCredentials().message ? { text: strings.errors.wrongAnswer } : undefined),
  isAnsweredOnce: true,
}
