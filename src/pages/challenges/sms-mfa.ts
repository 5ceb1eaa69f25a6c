import { type ChallengePage, respond } from './challenge-page.ts'
import { codeFault, codePage, sentTo, typedCode } from './code-page.ts'

/** The code that went to the phone, after a first factor. */
export const smsMfaPage: ChallengePage = {
  show: (visit, step, fault) =>
    codePage(visit, step, { heading: visit.strings.mfa.smsTitle, explanation: sentTo(visit, step), graphic: 'sms', fault }),
  answer: (visit, step) => respond(visit, step, { SMS_MFA_CODE: typedCode(visit) }),
  faultOf: codeFault('wrongSmsCode'),
}
