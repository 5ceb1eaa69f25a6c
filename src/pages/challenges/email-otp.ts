import { type ChallengePage, respond } from './challenge-page.ts'
import { codeFault, codePage, sentTo, typedCode } from './code-page.ts'

/** The code that went to the mailbox: a first factor, a second one, or one that is being set up. */
export const emailOtpPage: ChallengePage = {
  show: (visit, step, fault) =>
    codePage(visit, step, { heading: visit.strings.mfa.emailTitle, explanation: sentTo(visit, step), graphic: 'email', fault }),
  answer: (visit, step) => respond(visit, step, { EMAIL_OTP_CODE: typedCode(visit) }),
  faultOf: codeFault('wrongEmailCode'),
}
