import { isOAuth } from './flows.ts'

/** What the console knows of a sign-in that was refused. */
export interface RefusalFacts {
  /** `NotAuthorizedException`, `invalid_grant` and so on. */
  readonly code: string
  readonly message: string
  readonly operation: string
  readonly flow: string
  /** The challenge that was answered; undefined for the first request. */
  readonly challenge: string | undefined
  readonly flowFault: string | undefined
  /** What an administrator sees of the user; undefined where that was not asked, `none` where there is no such user. */
  readonly user: { readonly Enabled?: boolean | undefined; readonly UserStatus?: string | undefined } | 'none' | undefined
}

/** Which check refused a sign-in, and why as far as known. */
export interface Reason {
  readonly check: string
  readonly why: string
}

const byUser = (user: RefusalFacts['user']): Reason | undefined => {
  if (user === undefined) return undefined
  if (user === 'none') {
    return {
      check: 'The user',
      why: 'There is no user of that name in the user pool. The answer says the same as for a wrong password where the app client hides whether a user exists (PreventUserExistenceErrors).',
    }
  }
  if (user.Enabled === false) return { check: 'The user', why: 'The user is disabled. Enable the user on its page.' }
  if (user.UserStatus === 'UNCONFIRMED') return { check: 'The user', why: 'The user has signed up and not confirmed it yet.' }
  if (user.UserStatus === 'RESET_REQUIRED')
    return { check: 'The user', why: 'An administrator has reset the password: a new one has to be set first.' }
  if (user.UserStatus === 'EXTERNAL_PROVIDER')
    return { check: 'The user', why: 'The user comes from an identity provider and has no password here.' }
  return undefined
}

/** By the sentence, where one exception stands for several things. */
const bySentence: readonly (readonly [RegExp, Reason])[] = [
  [
    /flow not enabled/i,
    { check: 'The app client’s authentication flows', why: 'The app client does not allow this flow (ExplicitAuthFlows).' },
  ],
  [
    /secret ?_?hash|client secret/i,
    { check: 'The client secret', why: 'SECRET_HASH is missing or was made with another user name, client ID or secret.' },
  ],
  [
    /^Password attempts exceeded/,
    { check: 'The lockout', why: 'Too many attempts failed. The password was not looked at; the lock ends by itself.' },
  ],
  [
    /Temporary password has expired/,
    { check: 'The password’s age', why: 'The temporary password is too old. Send the invitation again or set a password.' },
  ],
  [
    /session.*(?:expired|used)|Invalid session/i,
    { check: 'The challenge’s session', why: 'It has ended, or was answered before: begin again.' },
  ],
  [/refresh token has expired/i, { check: 'The refresh token', why: 'It has ended.' }],
  [/refresh token has been revoked/i, { check: 'The refresh token', why: 'It was revoked, or the user was signed out everywhere.' }],
  [/invalid refresh token/i, { check: 'The refresh token', why: 'It is none of this app client’s, or it was cut off when it was copied.' }],
  [
    /^Custom auth lambda trigger is not configured/,
    {
      check: 'A function of the user pool',
      why: 'CUSTOM_AUTH needs the functions DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse, and the user pool lacks one of them: name them under Extensions.',
    },
  ],
  [
    /^User has no MFA factor/,
    {
      check: 'The second factor',
      why: 'The user pool requires one. The user has none that it allows, and none can be set up during a sign-in: an administrator has to add a phone number or an e-mail address.',
    },
  ],
  [
    /due to security reasons|because of security reasons/,
    { check: 'Threat protection', why: 'It takes the sign-in for a risk, or blocks the address that it came from.' },
  ],
  [/^User is disabled/, { check: 'The user', why: 'The user is disabled. Enable the user on its page.' }],
]

const byCode: Readonly<Record<string, Reason>> = {
  CodeMismatchException: {
    check: 'The code',
    why: 'Another code was expected. For an authenticator: compare its clock with the server’s.',
  },
  ExpiredCodeException: { check: 'The code', why: 'It has ended, or a newer one was sent.' },
  InvalidPasswordException: { check: 'The password policy', why: 'The new password does not satisfy the user pool’s policy.' },
  LimitExceededException: { check: 'The hourly limit', why: 'The user did the same too often within an hour.' },
  PasswordHistoryPolicyViolationException: { check: 'The password history', why: 'The user had this password before.' },
  PasswordResetRequiredException: { check: 'The user', why: 'An administrator has reset the password: a new one has to be set first.' },
  RefreshTokenReuseException: {
    check: 'The refresh token',
    why: 'Refresh tokens of the app client rotate, and this one was used before: the newest one is in the answer of then.',
  },
  ResourceNotFoundException: { check: 'The app client', why: 'There is no such app client or user pool on this server.' },
  TooManyRequestsException: { check: 'The request rate', why: 'Too many requests a second of this kind.' },
  UserLambdaValidationException: { check: 'A function of the user pool', why: 'It said no in its own words.' },
  UnexpectedLambdaException: { check: 'A function of the user pool', why: 'It could not be called.' },
  InvalidLambdaResponseException: { check: 'A function of the user pool', why: 'Its answer could not be understood.' },
  UserNotConfirmedException: { check: 'The user', why: 'The user has signed up and not confirmed it yet.' },
  UserNotFoundException: { check: 'The user', why: 'There is no user of that name in the user pool.' },
  invalid_client: { check: 'The app client', why: 'There is no such app client, or its secret is another.' },
  invalid_scope: { check: 'The scopes', why: 'The app client may not have one of them (AllowedOAuthScopes).' },
  invalid_grant: {
    check: 'The grant',
    why: 'What was handed in for the token is not good: a code that has ended or was used, a refresh token that has ended, was revoked or rotated, or a scope that only other app clients have.',
  },
  unauthorized_client: { check: 'The app client’s OAuth grants', why: 'The app client does not have this grant (AllowedOAuthFlows).' },
  access_denied: { check: 'The login pages', why: 'The user, or a function of the user pool, did not let the app in.' },
  login_required: { check: 'The login pages', why: 'Nobody is signed in there, and the request forbade to ask.' },
  state: { check: 'The state', why: 'An app has to refuse such an answer: somebody else could have slipped it in.' },
  HTTP: { check: 'The connection', why: 'The server could not be reached.' },
}

const isRefresh = (flow: string): boolean => /refresh/i.test(flow)

const provesPassword = ({ flow, challenge }: RefusalFacts): boolean =>
  challenge === undefined ? /PASSWORD|SRP|USER_AUTH/.test(flow) : /PASSWORD|SELECT_CHALLENGE/.test(challenge)

/** Explains a refusal with what an administrator may know and the app may not. */
export const reasonOf = (facts: RefusalFacts): Reason => {
  const { code, message, flowFault } = facts
  const isAboutFlow =
    code === 'InvalidParameterException' || code === 'unauthorized_client' || (isRefresh(facts.flow) && code === 'NotAuthorizedException')
  if (flowFault !== undefined && isAboutFlow) {
    return {
      check: isOAuth(facts.flow) ? 'The app client’s OAuth grants' : 'The app client’s authentication flows',
      why: flowFault,
    }
  }
  const found = bySentence.find(([pattern]) => pattern.test(message))?.[1]
  if (found !== undefined) return found
  if (code === 'NotAuthorizedException') {
    const reason = byUser(facts.user)
    if (reason !== undefined) return reason
    if (facts.challenge === 'CUSTOM_CHALLENGE')
      return { check: 'A function of the user pool', why: 'DefineAuthChallenge ended the sign-in.' }
    if (/^Incorrect username or password/.test(message) && provesPassword(facts)) {
      return { check: 'The password', why: 'The user exists, is enabled and may sign in: the password is another.' }
    }
  }
  return byCode[code] ?? { check: facts.challenge ?? facts.operation, why: 'Nothing more is known than what the API says.' }
}
