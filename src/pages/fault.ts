import {
  accountExists,
  aliasExists,
  type CognitoError,
  cannotResetPassword,
  compromisedPassword,
  invalidSession,
  noSecondFactor,
  passwordAttemptsExceeded,
  requestNotAllowed,
  riskBlocked,
  sessionExpired,
  sessionSpent,
  signUpNotPermitted,
  temporaryPasswordExpired,
  tokenCodeUsed,
  userDisabled,
} from '../errors.ts'
import type { Alert } from './components/alert.ts'
import { fill } from './strings/fill.ts'
import type { Strings } from './strings/strings.ts'

/** Why something that was sent can't be taken, in the person's words. */
export interface Fault {
  /** The field that it is about; undefined when it is about everything. */
  readonly field?: string | undefined
  /** What the field is called, where the text alone does not tell fields apart. */
  readonly label?: string | undefined
  readonly text: string
}

/** A form that lacks something or has it wrong, found before anything was done with it. */
export class FormFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.text)
    this.fault = fault
  }
}

type Sentence = keyof Strings['errors'] & string

/** By AWS's own words, where one type stands for several things. */
const byMessage: Readonly<Record<string, Sentence>> = {
  [passwordAttemptsExceeded().message]: 'tooManyAttempts',
  [userDisabled().message]: 'userDisabled',
  [temporaryPasswordExpired().message]: 'temporaryPasswordExpired',
  [invalidSession().message]: 'sessionExpired',
  [sessionExpired().message]: 'sessionExpired',
  [sessionSpent().message]: 'sessionExpired',
  [tokenCodeUsed().message]: 'usedTotp',
  [signUpNotPermitted().message]: 'signUpClosed',
  [compromisedPassword().message]: 'passwordKnown',
  [riskBlocked().message]: 'notAllowed',
  [requestNotAllowed().message]: 'notAllowed',
  [noSecondFactor().message]: 'noWayToSend',
  [accountExists('email').message]: 'emailExists',
  [aliasExists('email').message]: 'emailExists',
  [accountExists('phone_number').message]: 'phoneExists',
  [aliasExists('phone_number').message]: 'phoneExists',
  [cannotResetPassword().message]: 'recoveryClosed',
  // The words of domain/account-recovery.ts, domain/attribute-value.ts and flows/resend-confirmation.ts.
  'Contact administrator to reset password.': 'recoveryClosed',
  'Cannot reset password for the user as there is no registered/verified email or phone_number': 'noWayToSend',
  'Invalid email address format.': 'invalidEmail',
  'Invalid phone number format.': 'invalidPhone',
  'Cannot resend codes. Auto verification not turned on.': 'noWayToSend',
}

const byCode: Readonly<Record<string, Sentence>> = {
  NotAuthorizedException: 'wrongPassword',
  UserNotFoundException: 'wrongPassword',
  UserNotConfirmedException: 'notConfirmed',
  PasswordResetRequiredException: 'resetRequired',
  CodeMismatchException: 'wrongCode',
  EnableSoftwareTokenMFAException: 'wrongTotp',
  ExpiredCodeException: 'expiredCode',
  LimitExceededException: 'tooManyAttempts',
  TooManyFailedAttemptsException: 'tooManyAttempts',
  TooManyRequestsException: 'tooManyCodes',
  UsernameExistsException: 'userExists',
  AliasExistsException: 'userExists',
  InvalidPasswordException: 'passwordRules',
  PasswordHistoryPolicyViolationException: 'passwordUsedBefore',
  CodeDeliveryFailureException: 'codeNotSent',
  InvalidParameterException: 'invalidValue',
}

/** What a function of the pool said against it: "PreSignUp failed with error No. ." */
const reasonOf = ({ code, message }: CognitoError): string | undefined =>
  code === 'UserLambdaValidationException' ? message.replace(/^\w+ failed with error /, '') : undefined

/** A refusal of a flow in the person's words. */
export const sentenceFor = (error: CognitoError, { errors }: Strings): string => {
  const reason = reasonOf(error)
  if (reason !== undefined) return fill(errors.refusedBecause, { reason })
  const sentence = byMessage[error.message] ?? byCode[error.code] ?? 'unexpected'
  return errors[sentence] as string
}

/** Whether the sign-in can't go on and has to begin anew. */
export const endsSignIn = ({ code, message }: CognitoError): boolean =>
  byMessage[message] === 'sessionExpired' ||
  message === userDisabled().message ||
  message === noSecondFactor().message ||
  code === 'PasswordResetRequiredException'

/** One fault, or all that a form has. */
export type Faults = Fault | readonly Fault[] | undefined

const listOf = (faults: Faults): readonly Fault[] => (faults === undefined ? [] : 'text' in faults ? [faults] : faults)

/** What stands above the form: the faults, with a way to the field of each. */
export const alertOf = (faults: Faults): Alert | undefined => {
  const all = listOf(faults)
  if (all.length === 0) return undefined
  const fields = all.flatMap(({ field, label, text }) =>
    field === undefined ? [] : [{ name: field, text: label === undefined ? text : `${label}: ${text}` }],
  )
  return { kind: 'error', text: all.find(({ field }) => field === undefined)?.text, fields }
}

/** The text under a field, where a fault is about it. */
export const errorAt = (faults: Faults, field: string): string | undefined => listOf(faults).find((fault) => fault.field === field)?.text
