import { type ChallengePage, respond } from './challenge-page.ts'
import { codeFault, codePage, sentTo, typedCode } from './code-page.ts'

/** The code that went to the phone, instead of a password. */
export const smsOtpPage: ChallengePage = {
  show: (visit, step, fault) =>
    codePage(visit, step, { heading: visit.strings.mfa.smsTitle, explanation: sentTo(visit, step), graphic: 'sms', fault }),
  answer: (visit, step) => respond(visit, step, { SMS_OTP_CODE: typedCode(visit) }),
  faultOf: codeFault('wrongSmsCode'),
}
