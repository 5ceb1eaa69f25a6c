import type { Context } from '../context.ts'
import type { MfaFactor } from '../domain/user.ts'
import type { Challenge, KnownAttempt } from './attempt.ts'
import { issueEmailMfa } from './challenges/email-otp.ts'
import { issueSmsMfa } from './challenges/sms-mfa.ts'
import { issueSoftwareTokenMfa } from './challenges/software-token-mfa.ts'

const issuers = { SMS_MFA: issueSmsMfa, EMAIL_OTP: issueEmailMfa, SOFTWARE_TOKEN_MFA: issueSoftwareTokenMfa }

/** Asks for a second factor that the user has. */
export const issueMfa = (ctx: Context, attempt: KnownAttempt, factor: MfaFactor): Promise<Challenge> => issuers[factor](ctx, attempt)
