import { incorrectCredentials } from '../../errors.ts'
import { accountLine } from '../components/account-line.ts'
import { otherWays } from '../components/other-ways.ts'
import { passkeyForm } from '../components/passkey-form.ts'
import { text } from '../components/text.ts'
import { alertOf, FormFault } from '../fault.ts'
import { html } from '../html.ts'
import { show } from '../show.ts'
import { stepField } from '../step.ts'
import { pageLink } from '../visit.ts'
import { type ChallengePage, respond } from './challenge-page.ts'
import { otherWay } from './other-way.ts'

/** A passkey; the script asks for it at once, and for who closed the browser's window there is a button. */
export const webAuthnPage: ChallengePage = {
  show: async (visit, step, fault) => {
    const { strings, csrf } = visit
    return show(visit, {
      heading: strings.passkey.title,
      graphic: 'passkey',
      alert: alertOf(fault),
      body: html`${accountLine({ account: step.username, otherHref: pageLink(visit, 'login'), strings })}${passkeyForm({
        action: pageLink(visit, 'login'),
        hidden: { _csrf: csrf.token, ...(await stepField(visit, step)) },
        mode: 'get',
        options: JSON.parse(step.challenge.parameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '{}'),
        auto: fault === undefined,
        text: strings.passkey.submit,
        strings,
        body: text(strings.passkey.text),
      })}${otherWays([otherWay(visit, step)])}`,
    })
  },
  answer: (visit, step) => {
    const credential = visit.request.form.get('credential')
    if (credential === undefined) throw new FormFault({ text: visit.strings.passkey.failed })
    return respond(visit, step, { CREDENTIAL: credential })
  },
  faultOf: ({ strings }, error) => (error.message === incorrectCredentials().message ? { text: strings.passkey.failed } : undefined),
}
