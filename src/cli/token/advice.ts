import type { TokenRequest } from './token-request.ts'

/** What a server said. */
export interface Said {
  readonly code: string
  readonly message: string
}

type Asked = Pick<TokenRequest, 'clientId' | 'clientSecret' | 'isDemo' | 'grant' | 'firstFactor' | 'endpoint'>

const again = 'Sign in again for a new refresh token.'
const wait = 'Wait and try again.'

const clientAdvice = ({ isDemo, endpoint }: Asked): string =>
  isDemo
    ? `The server has no demo pool: name an app client of yours with --client, and a user with --user and --password.`
    : `Check --client, and that its user pool is at ${endpoint}.`

const secretAdvice = ({ clientSecret }: Asked): string =>
  clientSecret === undefined
    ? 'The app client has a secret: give it with --client-secret.'
    : 'Check --client-secret; an app client without a secret takes none.'

const loginAdvice = ({ grant, firstFactor }: Asked): string =>
  grant === 'srp' || firstFactor === 'PASSWORD_SRP' ? 'Check --user, --password and --pool.' : 'Check --user and --password.'

/** By the sentence, where one type of error stands for several things. */
const bySentence: readonly (readonly [RegExp, (asked: Asked, match: RegExpExecArray) => string])[] = [
  [
    /^(?:Auth flow|(\w+) flow) not enabled for this client/i,
    ({ clientId }, [, flow]) =>
      `Add ALLOW_${flow ?? '...'} to the ExplicitAuthFlows of the app client ${clientId}, or take another grant (--help).`,
  ],
  [/SECRET_HASH|secret ?hash|client or secret|client secret/i, secretAdvice],
  [/refresh token/i, () => again],
  [/^Incorrect username or password/, loginAdvice],
  [/^Temporary password has expired/, () => 'Invite the user again: AdminCreateUser with MessageAction RESEND.'],
  [/^User is disabled/, () => 'Enable the user: AdminEnableUser.'],
  [/^Password attempts exceeded|^Attempt limit exceeded|^Rate exceeded/, () => wait],
  [/^(?:User pool client|Client) .* does not exist/i, clientAdvice],
  [
    /^Invalid attributes given|attribute/i,
    ({ grant }) => (grant === 'refresh' ? '' : 'Give what the pool requires with --attribute NAME=VALUE.'),
  ],
]

const byCode: Readonly<Record<string, (asked: Asked) => string>> = {
  BadRequest: () => 'Check --endpoint.',
  CodeMismatchException: () => "Check --totp-secret and this machine's clock, or the code that was typed.",
  ExpiredCodeException: () => 'Try again with a new code.',
  InvalidPasswordException: () => 'Choose another --new-password.',
  LimitExceededException: () => wait,
  PasswordHistoryPolicyViolationException: () => 'Choose another --new-password.',
  PasswordResetRequiredException: () => 'Set a new password: ForgotPassword and ConfirmForgotPassword, or AdminSetUserPassword.',
  RefreshTokenReuseException: () => again,
  TooManyRequestsException: () => wait,
  UserLambdaValidationException: () => 'A function of the user pool said so.',
  UserNotConfirmedException: () => 'Confirm the user first: ConfirmSignUp with the code that was sent, or AdminConfirmSignUp.',
  UserNotFoundException: () => "Check --user, and that the user is in the app client's user pool.",
}

/** What to do about a refusal of the API; undefined where its words are all that is known. */
export const apiAdvice = ({ code, message }: Said, asked: Asked): string | undefined => {
  for (const [pattern, advise] of bySentence) {
    const match = pattern.exec(message)
    if (match !== null) return advise(asked, match) || undefined
  }
  return byCode[code]?.(asked)
}

const flowName = ({ grant }: Asked): string => (grant === 'client-credentials' ? 'client_credentials' : grant)

const callbackAdvice = ({ clientId }: Asked): string =>
  `Name one of the CallbackURLs of the app client ${clientId} with --redirect-uri, or add the address to them.`

/** Of the token endpoint, of redirects to the application, and of the address of `/error`. */
const byOAuthError: Readonly<Record<string, (asked: Asked) => string>> = {
  access_denied: () => 'A function of the user pool, or its threat protection, said so.',
  client_mismatch: clientAdvice,
  invalid_client: ({ clientSecret }) =>
    clientSecret === undefined
      ? 'Check --client; if it has a secret, give that with --client-secret.'
      : 'Check --client and --client-secret.',
  invalid_grant: ({ grant }) =>
    grant === 'client-credentials'
      ? 'Check --scope: the app client must be allowed to have each of them.'
      : 'Check --client-secret and --scope.',
  invalid_scope: ({ clientId }) => `Check --scope against the AllowedOAuthScopes of the app client ${clientId}.`,
  login_pages_unavailable: ({ clientId }) => `Add COGNITO to the SupportedIdentityProviders of the app client ${clientId}.`,
  missing_redirect_uri: callbackAdvice,
  redirect_mismatch: callbackAdvice,
  temporarily_unavailable: () => wait,
  too_many_requests: () => wait,
  unauthorized_client: (asked) =>
    `Add ${flowName(asked)} to the AllowedOAuthFlows of the app client ${asked.clientId}, with AllowedOAuthFlowsUserPoolClient true.`,
}

/** What to do about an error of OAuth or of the pages. */
export const oauthAdvice = (error: string, asked: Asked): string | undefined => byOAuthError[error]?.(asked)
