import type { CognitoError } from '../../errors.ts'
import type { Challenge } from '../../flows/attempt.ts'
import { openAnsweredSetUp } from '../../flows/set-up-session.ts'
import { beginTokenSetUp, verifyTokenSetUp } from '../../flows/set-up-software-token.ts'
import type { SignInResult } from '../../flows/sign-in.ts'
import { backToSignIn } from '../back-to-sign-in.ts'
import { choiceList } from '../components/choice-list.ts'
import { field } from '../components/field.ts'
import { linkButton } from '../components/link-button.ts'
import { otherWays } from '../components/other-ways.ts'
import { primaryButton } from '../components/primary-button.ts'
import { text } from '../components/text.ts'
import { alertOf, errorAt, type Fault, FormFault, sentenceFor } from '../fault.ts'
import { html, type Value } from '../html.ts'
import { show } from '../show.ts'
import { type Step, stepForm } from '../step.ts'
import { signInRequest, type Visit } from '../visit.ts'
import { type ChallengePage, respond } from './challenge-page.ts'
import { codeFault, typedCode } from './code-page.ts'
import { tokenSetUp } from './token-set-up.ts'

const ways = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const
type Way = (typeof ways)[number]

/** What this page adds to the challenge's parameters, where only the sealed step sees them. */
const chosenKey = 'CHOSEN'
const secretKey = 'SECRET_CODE'

/** What can be set up here; phone numbers an administrator adds. */
const waysOf = ({ parameters }: Challenge): Way[] => {
  const factors = JSON.parse(parameters['MFAS_CAN_SETUP'] ?? '[]') as string[]
  return ways.filter((way) => factors.includes(way))
}

const chosenWay = (challenge: Challenge): Way | undefined => {
  const offered = waysOf(challenge)
  return offered.length === 1 ? offered[0] : offered.find((way) => way === challenge.parameters[chosenKey])
}

const openSetUpOf = ({ ctx, authorization, ...visit }: Visit, { username, challenge: { session } }: Step) =>
  openAnsweredSetUp(ctx, authorization, { session, responses: { USERNAME: username }, request: signInRequest(visit) })

const withSecret = async (visit: Visit, step: Step): Promise<Challenge> => {
  const { secretCode, session } = await beginTokenSetUp(visit.ctx, await openSetUpOf(visit, step))
  return { ...step.challenge, session, parameters: { ...step.challenge.parameters, [chosenKey]: ways[0], [secretKey]: secretCode } }
}

const asNothingChosen = (challenge: Challenge): Challenge => {
  const { [chosenKey]: _chosen, [secretKey]: _secret, ...parameters } = challenge.parameters
  return { ...challenge, parameters }
}

const choose = (visit: Visit, { username, challenge }: Step): Challenge | Promise<Challenge> => {
  const answer = visit.request.form.get('answer')
  const chosen = waysOf(challenge).find((way) => way === answer)
  if (chosen === undefined) throw new FormFault({ text: visit.strings.errors.requiredChoice })
  if (chosen === 'SOFTWARE_TOKEN_MFA') return withSecret(visit, { username, challenge })
  return { ...challenge, parameters: { ...challenge.parameters, [chosenKey]: chosen } }
}

const verifyToken = async (visit: Visit, step: Step): Promise<SignInResult> => {
  const code = typedCode(visit)
  const session = await verifyTokenSetUp(visit.ctx, await openSetUpOf(visit, step), code)
  return respond(visit, { ...step, challenge: { ...step.challenge, session } }, {})
}

const nameAddress = (visit: Visit, step: Step): Promise<SignInResult> => {
  const email = visit.request.form.get('email')
  if (email === undefined) throw new FormFault({ field: 'email', text: visit.strings.errors.required })
  return respond(visit, step, { EMAIL: email })
}

const faultOf = (visit: Visit, error: CognitoError): Fault | undefined =>
  error.code === 'InvalidParameterException' && visit.request.form.has('email')
    ? { field: 'email', text: sentenceFor(error, visit.strings) }
    : codeFault('wrongTotp')(visit, error)

interface Asked {
  readonly heading: string
  readonly explanation?: Value
  readonly fields: Value
}

const asked = (visit: Visit, { username, challenge }: Step, fault: Fault | undefined): Asked => {
  const { mfaSetUp: said, attributes, errors } = visit.strings
  switch (chosenWay(challenge)) {
    case 'SOFTWARE_TOKEN_MFA': {
      const secretCode = challenge.parameters[secretKey] ?? ''
      return { heading: said.totpTitle, fields: tokenSetUp(visit, { account: username, secretCode, fault }) }
    }
    case 'EMAIL_OTP': {
      const value = visit.request.form.get('email')
      const given = { name: 'email', label: attributes.email, type: 'email', autocomplete: 'email', value } as const
      const typed = field({ ...given, required: true, autofocus: true, enterkeyhint: 'send', error: errorAt(fault, 'email') })
      return { heading: said.emailTitle, explanation: said.emailText, fields: html`${typed}${primaryButton({ text: said.submit })}` }
    }
    default: {
      if (waysOf(challenge).length === 0) return { heading: said.selectTitle, explanation: errors.noWayToSend, fields: undefined }
      const words = {
        SOFTWARE_TOKEN_MFA: { title: said.totp, text: said.totpChoiceText },
        EMAIL_OTP: { title: said.email, text: said.emailChoiceText },
      }
      const choices = waysOf(challenge).map((value) => ({ value, ...words[value] }))
      return {
        heading: said.selectTitle,
        explanation: said.selectText,
        fields: choiceList({ name: 'answer', legend: said.selectTitle, choices }),
      }
    }
  }
}

/** Has somebody who needs a second factor set one up: an authenticator app, or an e-mail address. */
export const mfaSetupPage: ChallengePage = {
  show: async (visit, given, fault) => {
    const { strings } = visit
    const owesSecret = chosenWay(given.challenge) === 'SOFTWARE_TOKEN_MFA' && given.challenge.parameters[secretKey] === undefined
    const step = owesSecret ? { ...given, challenge: await withSecret(visit, given) } : given
    const { heading, explanation, fields } = asked(visit, step, fault)
    const mayChooseAgain = waysOf(step.challenge).length > 1 && chosenWay(step.challenge) !== undefined
    const again = mayChooseAgain && linkButton({ text: strings.mfa.otherWay, name: 'again', value: 'yes', form: 'set-up' })
    return show(visit, {
      heading,
      alert: alertOf(fault),
      body: html`${explanation && text(explanation)}${fields && (await stepForm(visit, step, { id: 'set-up', body: fields }))}${otherWays([
        again,
        backToSignIn(visit),
      ])}`,
    })
  },
  answer: async (visit, step) => {
    if (visit.request.form.has('again')) return asNothingChosen(step.challenge)
    switch (chosenWay(step.challenge)) {
      case 'SOFTWARE_TOKEN_MFA':
        return verifyToken(visit, step)
      case 'EMAIL_OTP':
        return nameAddress(visit, step)
      default:
        return choose(visit, step)
    }
  },
  faultOf,
}
