import { type ChallengePage, respond } from './challenge-page.ts'
import { codeFault, codePage, typedCode } from './code-page.ts'

/** The code that the user's app shows. */
export const softwareTokenMfaPage: ChallengePage = {
  show: (visit, step, fault) =>
    codePage(visit, step, { heading: visit.strings.mfa.totpTitle, explanation: visit.strings.mfa.totpText, graphic: 'authApp', fault }),
  answer: (visit, step) => respond(visit, step, { SOFTWARE_TOKEN_MFA_CODE: typedCode(visit) }),
  faultOf: codeFault('wrongTotp'),
}
