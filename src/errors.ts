import type { ModelErrorCode } from './model/types.gen.ts'

/** Errors of the front end that AWS shares between services and no operation lists. */
export type CommonErrorCode =
  | 'AccessDeniedException'
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'NotImplementedException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException'
  | 'ValidationException'

/** Everything that may stand in `__type`. */
export type ErrorCode = ModelErrorCode | CommonErrorCode

/** A refusal that the caller is told about, in AWS's words. Anything else that is thrown is a bug and answers InternalErrorException. */
export class CognitoError extends Error {
  readonly code: ErrorCode
  /** InvalidParameterException's optional extra member. */
  readonly reasonCode: string | undefined

  constructor(code: ErrorCode, message: string, reasonCode?: string) {
    super(message)
    this.name = code
    this.code = code
    this.reasonCode = reasonCode
  }
}

const maker = (code: ErrorCode, message: string) => () => new CognitoError(code, message)

/** A request that breaks a rule, in a sentence. */
export const invalidParameter = (sentence: string) => new CognitoError('InvalidParameterException', sentence)
/** A refusal with its own sentence. */
export const notAuthorized = (sentence: string) => new CognitoError('NotAuthorizedException', sentence)

/** Wrong password, or an unknown user where existence is hidden. */
export const incorrectCredentials = maker('NotAuthorizedException', 'Incorrect username or password.')
/** The lock-out after repeated wrong passwords (developer guide, "Authentication"). */
export const passwordAttemptsExceeded = maker('NotAuthorizedException', 'Password attempts exceeded')
/** Sign-in or recovery of a disabled user. */
export const userDisabled = maker('NotAuthorizedException', 'User is disabled.')
/** An unknown user, on paths that may say so. */
export const userNotFound = maker('UserNotFoundException', 'User does not exist.')
/** The same where somebody signs up or recovers, through an app client that may say so (words: aws-sdk-ios#4837, amplify-ui's end-to-end tests). */
export const userNotFoundForClient = maker('UserNotFoundException', 'Username/client id combination not found.')
/** Sign-in before the sign-up was confirmed. */
export const userNotConfirmed = maker('UserNotConfirmedException', 'User is not confirmed.')
/** Sign-in while a reset is under way. */
export const passwordResetRequired = maker('PasswordResetRequiredException', 'Password reset required for the user')
/** A temporary password past TemporaryPasswordValidityDays. */
export const temporaryPasswordExpired = maker(
  'NotAuthorizedException',
  'Temporary password has expired and must be reset by an administrator.',
)
/** An AuthParameters or ChallengeResponses entry that is absent or empty. */
export const missingParameter = (name: string) => invalidParameter(`Missing required parameter ${name}`)
/** A flow that the app client does not allow. */
export const flowNotEnabled = (flow: string) => invalidParameter(`${flow} flow not enabled for this client`)
/** The same on AdminInitiateAuth, which does not name the flow. */
export const adminFlowNotEnabled = maker('InvalidParameterException', 'Auth flow not enabled for this client')
/** An ADMIN_ flow on the public operation. */
export const flowNotSupported = maker('InvalidParameterException', 'Initiate Auth method not supported.')
/** An app client id that is not in the directory. */
export const clientNotFound = (clientId: string) =>
  new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`)
/** A user pool id that is not in the directory. */
export const poolNotFound = (poolId: string) => new CognitoError('ResourceNotFoundException', `User pool ${poolId} does not exist.`)
/** A secret hash that a client with a secret must send. */
export const secretHashMissing = (clientId: string) =>
  notAuthorized(`Client ${clientId} is configured with secret but SECRET_HASH was not received`)
/** A secret hash that does not fit, or came where there is no secret. */
export const secretHashMismatch = (clientId: string) => notAuthorized(`Unable to verify secret hash for client ${clientId}`)
/** A `Session` that this server did not make for this use. */
export const invalidSession = maker('NotAuthorizedException', 'Invalid session for the user.')
/** A `Session` older than the client's AuthSessionValidity. */
export const sessionExpired = maker('NotAuthorizedException', 'Invalid session for the user, session is expired.')
/** A `Session` that was answered before. */
export const sessionSpent = maker('NotAuthorizedException', 'Invalid session for the user, session can only be used once.')
/** A wrong confirmation, reset or verification code. */
export const codeMismatch = maker('CodeMismatchException', 'Invalid verification code provided, please try again.')
/** A wrong code that was sent in a sign-in, be it the first factor's or the second's (amplify-js#11069). */
export const sentCodeMismatch = maker('CodeMismatchException', 'Invalid code or auth state for the user.')
/** A wrong code of a software token. */
export const tokenCodeMismatch = maker('CodeMismatchException', 'Invalid code received for user')
/** A software token's code that was used before. */
export const tokenCodeUsed = maker('ExpiredCodeException', 'Your software token has already been used once.')
/** VerifySoftwareToken with a wrong code. */
export const enableTokenMismatch = maker('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA')
/** Software tokens in a pool that does not offer them (developer guide, "TOTP software token MFA"). */
export const softwareTokensOff = maker('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool')
/** A sign-in with a software token that was deleted meanwhile. guess: the sentence on a software token that is gone is our own. */
export const softwareTokenGone = maker('SoftwareTokenMFANotFoundException', 'The user has no software token.')
/** AdminDeleteSoftwareToken for a user without one. guess: the sentence on a missing software token is our own. */
export const noSoftwareToken = maker('ResourceNotFoundException', 'The user has no software token registered.')
/**
 * More codes of sign-ins than a user is sent in an hour. guess: a user who was sent too many codes is told so with the one type about
 * limits that every sign-in operation lists.
 */
export const messageLimitExceeded = maker('TooManyRequestsException', 'Attempt limit exceeded, please try after some time.')
/** No code was asked for, or it is too old. */
export const codeExpired = maker('ExpiredCodeException', 'Invalid code provided, please request a code again.')
/** More tries within an hour than the service allows (quotas page). */
export const attemptLimitExceeded = maker('LimitExceededException', 'Attempt limit exceeded, please try after some time.')
/** A sign-up under a taken name. */
export const usernameExists = maker('UsernameExistsException', 'User already exists')
/** A sign-up with an e-mail address or phone number that signs somebody else in (username attributes). */
export const accountExists = (attribute: 'email' | 'phone_number') =>
  new CognitoError('UsernameExistsException', `An account with the given ${attribute} already exists.`)
/** AdminCreateUser for a name that is taken. */
export const userAccountExists = maker('UsernameExistsException', 'User account already exists')
/** A verified alias that another user holds. */
export const aliasExists = (attribute: string) =>
  new CognitoError('AliasExistsException', `An account with the ${attribute} already exists.`)
/** ConfirmSignUp of a user who is past it. */
export const cannotConfirm = (status: string) => notAuthorized(`User cannot be confirmed. Current status is ${status}`)
/** ResendConfirmationCode for a confirmed user. */
export const alreadyConfirmed = maker('InvalidParameterException', 'User is already confirmed.')
/** SignUp in a pool whose users only administrators make. */
export const signUpNotPermitted = maker('NotAuthorizedException', 'SignUp is not permitted for this user pool')
/** A password outside the pool's policy, with the policy's own sentence. */
export const invalidPassword = (sentence: string) => new CognitoError('InvalidPasswordException', sentence)
/** A password that the history still knows. */
export const passwordReused = maker('PasswordHistoryPolicyViolationException', 'Password has previously been used')
/** An attribute outside the client's WriteAttributes. */
export const unauthorizedAttribute = maker('NotAuthorizedException', 'A client attempted to write unauthorized attribute')
/** A reset of somebody who has not set a first password yet. */
export const cannotResetPassword = maker('NotAuthorizedException', 'User password cannot be reset in the current state.')
/** An access token that is no token of ours, or not an access token. */
export const invalidAccessToken = maker('NotAuthorizedException', 'Invalid Access Token')
/** An access token past its time. */
export const accessTokenExpired = maker('NotAuthorizedException', 'Access Token has expired')
/** An access token whose session was ended. */
export const accessTokenRevoked = maker('NotAuthorizedException', 'Access Token has been revoked')
/** An access token without aws.cognito.signin.user.admin. */
export const accessTokenScope = maker('NotAuthorizedException', 'Access Token does not have required scopes')
/** A refresh token that is not one of this client's. */
export const invalidRefreshToken = maker('NotAuthorizedException', 'Invalid Refresh Token.')
/** A refresh token past its time. */
export const refreshTokenExpired = maker('NotAuthorizedException', 'Refresh Token has expired')
/** A refresh token whose session was ended. */
export const refreshTokenRevoked = maker('NotAuthorizedException', 'Refresh Token has been revoked')
/** A device that the user has not, or has forgotten. */
export const deviceNotFound = maker('ResourceNotFoundException', 'Device does not exist.')
/** ConfirmDevice for a key that the access token does not carry. */
export const invalidDeviceKey = maker('InvalidParameterException', 'Invalid device key given.')
/** A second ConfirmDevice. guess: a device key that is confirmed twice answers our own sentence, since AWS's is not known. */
export const deviceKeyExists = maker('DeviceKeyExistsException', 'Device key already exists.')
/** Device operations of a pool without DeviceConfiguration. guess: device operations in a pool that tracks none are refused. */
export const deviceTrackingOff = (poolId: string) =>
  new CognitoError('InvalidUserPoolConfigurationException', `User pool ${poolId} is not configured to track devices.`)
/**
 * A refresh token that rotation has taken out of use (API_GetTokensFromRefreshToken).
 * guess: the sentence about a rotated refresh token that comes again is our own.
 */
export const refreshTokenReused = maker('RefreshTokenReuseException', 'Refresh Token has been rotated and can no longer be used.')
/** A group that the pool does not have. */
export const groupNotFound = maker('ResourceNotFoundException', 'Group not found.')
/** A second group of the same name. */
export const groupExists = maker('GroupExistsException', 'A group with the name already exists')
/** Two administrators changed one thing at once; the later write is refused. */
export const concurrentModification = maker(
  'ConcurrentModificationException',
  'The resource was changed by another request. Read it again and retry.',
)
/** A quota of resources that is used up. */
export const limitExceeded = (sentence: string) => new CognitoError('LimitExceededException', sentence)
/** A message that did not leave. */
export const codeDeliveryFailure = maker('CodeDeliveryFailureException', 'The message could not be delivered.')
/** A trigger that is configured but can't be called; why is for the operator's log (text: amplify-js#4300). */
export const triggerNotInvocable = (trigger: string) =>
  new CognitoError('UnexpectedLambdaException', `${trigger} invocation failed due to configuration.`)
/** A trigger that does not answer in time (text: sst#1815, amazon-cognito-identity-dart-2#204). */
export const triggerTimedOut = (trigger: string) =>
  new CognitoError('UnexpectedLambdaException', `${trigger} invocation failed due to error Socket timeout while invoking Lambda function.`)
/** As long as a function's words may get on their way to whoever calls. */
const longestReason = 4096

/** A trigger that threw; the function's words and a full stop (developer guide, "Customizing user pool workflows with Lambda triggers"). */
export const triggerFailed = (trigger: string, message: string) =>
  new CognitoError('UserLambdaValidationException', `${trigger} failed with error ${message.slice(0, longestReason)}.`)
/** A trigger that answered something that is no event. */
export const invalidLambdaResponse = (sentence = 'Unrecognizable lambda output') =>
  new CognitoError('InvalidLambdaResponseException', sentence)
const ofTriggers: readonly ErrorCode[] = ['InvalidLambdaResponseException', 'UnexpectedLambdaException', 'UserLambdaValidationException']

/** Whether an error is that of a trigger: what it said, or that it could not be asked. */
export const isOfTrigger = (error: unknown): error is CognitoError => error instanceof CognitoError && ofTriggers.includes(error.code)

/** CUSTOM_AUTH in a pool without the functions for it (amplify-js#5623). */
export const customAuthNotConfigured = maker('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.')
/** A second factor is required, and the user has none and can set none up. */
export const noSecondFactor = maker(
  'InvalidParameterException',
  'User has no MFA factor that this user pool allows. Contact an administrator.',
)
/** A sign-in that risk assessment stops. */
export const riskBlocked = maker('NotAuthorizedException', 'Unable to login because of security reasons.')
/** A credential that is no RegistrationResponseJSON, or one that contradicts itself (measured on AWS: aws-sdk-net#4386). */
export const invalidCredentialData = maker('InvalidParameterException', 'Credential data is not valid')
/** Passkeys in a pool whose sign-in policy has none. guess: the sentences of the WebAuthn exceptions are our own. */
export const webAuthnNotEnabled = maker('WebAuthnNotEnabledException', 'WebAuthn is not enabled for this user pool.')
/** A pool without a relying party. */
export const webAuthnConfigurationMissing = maker(
  'WebAuthnConfigurationMissingException',
  'The user pool has neither a relying party ID nor a domain.',
)
/** A registration that nobody began, that took too long, or that was completed before. */
export const webAuthnChallengeNotFound = maker('WebAuthnChallengeNotFoundException', 'The challenge was not found or has expired.')
/** A registration that was begun with another app client's token. */
export const webAuthnClientMismatch = maker(
  'WebAuthnClientMismatchException',
  'The access token is for a different client than the one that started the registration.',
)
/** A passkey from a page outside the relying party's domain. */
export const webAuthnOriginNotAllowed = maker(
  'WebAuthnOriginNotAllowedException',
  "The credential's origin is not allowed for the relying party ID of the user pool.",
)
/** A passkey of another relying party. */
export const webAuthnRelyingPartyMismatch = maker(
  'WebAuthnRelyingPartyMismatchException',
  'The credential is associated with a different relying party ID than that of the user pool.',
)
/** A passkey with the wrong kind of key, or one that can't verify its user where that is required. */
export const webAuthnCredentialNotSupported = maker(
  'WebAuthnCredentialNotSupportedException',
  'The credential is from an unsupported device or provider.',
)
/** A passkey that the user does not have. */
export const passkeyNotFound = maker('ResourceNotFoundException', 'Credential does not exist.')
/** More at once than the server takes on. */
export const tooManyRequests = maker('TooManyRequestsException', 'Too many requests')
/**
 * More requests in a second than a category has (developer guide, "Quotas").
 * guess: a request beyond the rate of its category is refused with the message `Rate exceeded`.
 */
export const rateExceeded = maker('TooManyRequestsException', 'Rate exceeded')
/** A request from an address that threat protection always blocks (words: as clients report them). */
export const requestNotAllowed = maker('NotAuthorizedException', 'Request not allowed due to security reasons.')
/** A sign-in with a password that is known to others (words: as clients report them). */
export const compromisedPasswordReset = maker('PasswordResetRequiredException', 'Password reset required for user due to security reasons')
/** A new password that is known to others (words: as clients report them). */
export const compromisedPassword = maker('InvalidPasswordException', 'Provided password cannot be used for security reasons.')
/** An operation on what threat protection keeps, in a pool without it. */
export const addOnNotEnabled = maker('UserPoolAddOnNotEnabledException', 'Threat protection is not enabled for this user pool.')
