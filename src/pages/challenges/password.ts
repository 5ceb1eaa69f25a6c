import { FormFault } from '../fault.ts'
import { passwordPage } from '../sign-in-page.ts'
import { stepField } from '../step.ts'
import { type ChallengePage, respond } from './challenge-page.ts'
import { otherWay } from './other-way.ts'

/** The password of somebody who chose it among other ways. */
export const passwordChallengePage: ChallengePage = {
  show: async (visit, step, fault) =>
    passwordPage(visit, { username: step.username, fault, hidden: await stepField(visit, step), ways: [otherWay(visit, step)] }),
  answer: (visit, step) => {
    const password = visit.request.form.get('password')
    if (password === undefined) throw new FormFault({ field: 'password', text: visit.strings.errors.requiredPassword })
    return respond(visit, { ...step, challenge: { ...step.challenge, name: 'PASSWORD' } }, { PASSWORD: password })
  },
}
