import type { ChallengeNameType } from '../../model/types.gen.ts'
import type { ChallengePage } from './challenge-page.ts'
import { customChallengePage } from './custom-challenge.ts'
import { emailOtpPage } from './email-otp.ts'
import { mfaSetupPage } from './mfa-setup.ts'
import { newPasswordRequiredPage } from './new-password-required.ts'
import { passwordChallengePage } from './password.ts'
import { selectChallengePage } from './select-challenge.ts'
import { selectMfaTypePage } from './select-mfa-type.ts'
import { smsMfaPage } from './sms-mfa.ts'
import { smsOtpPage } from './sms-otp.ts'
import { softwareTokenMfaPage } from './software-token-mfa.ts'
import { webAuthnPage } from './web-authn.ts'

/** The page of every challenge that a sign-in on a page can meet; those of SRP and of devices are for programs. */
const challengePages: Partial<Record<ChallengeNameType, ChallengePage>> = {
  CUSTOM_CHALLENGE: customChallengePage,
  EMAIL_OTP: emailOtpPage,
  MFA_SETUP: mfaSetupPage,
  NEW_PASSWORD_REQUIRED: newPasswordRequiredPage,
  PASSWORD: passwordChallengePage,
  SELECT_CHALLENGE: selectChallengePage,
  SELECT_MFA_TYPE: selectMfaTypePage,
  SMS_MFA: smsMfaPage,
  SMS_OTP: smsOtpPage,
  SOFTWARE_TOKEN_MFA: softwareTokenMfaPage,
  WEB_AUTHN: webAuthnPage,
}

/** The page of a challenge; throws for one that pages never meet. */
export const challengePageOf = (name: ChallengeNameType): ChallengePage => {
  const page = challengePages[name]
  if (page === undefined) throw new Error(`a sign-in on a page met the challenge ${name}`)
  return page
}
