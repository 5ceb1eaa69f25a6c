/** A challenge as the API asks it. */
export interface Asked {
  readonly name: string
  readonly session: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  /** Of SELECT_CHALLENGE. */
  readonly available: readonly string[]
}

/** Something that a person fills in to answer a challenge. */
export interface Field {
  /** The member of ChallengeResponses. */
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'password' | 'code'
  /** Where there are only these answers. */
  readonly options?: readonly string[]
}

const codes: Readonly<Record<string, string>> = {
  EMAIL_OTP: 'EMAIL_OTP_CODE',
  SMS_OTP: 'SMS_OTP_CODE',
  SMS_MFA: 'SMS_MFA_CODE',
  SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE',
}

const textsOf = (text: string | undefined): string[] => {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.map(String) : []
  } catch {
    return []
  }
}

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

const strings = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(object(value)).map(([name, one]) => [name, String(one)]))

/** What a successful answer asks next; undefined when it asks nothing. */
export const askedBy = (answer: Readonly<Record<string, unknown>>): Asked | undefined => {
  const { ChallengeName: name, Session: session, ChallengeParameters: parameters, AvailableChallenges: available } = answer
  if (typeof name !== 'string') return undefined
  return {
    name,
    session: typeof session === 'string' ? session : undefined,
    parameters: strings(parameters),
    available: Array.isArray(available) ? available.map(String) : [],
  }
}

/** The tokens of a successful answer, of the API or of the token endpoint; none while it asks a challenge. */
export const tokensIn = (answer: Readonly<Record<string, unknown>>): readonly { readonly what: string; readonly token: string }[] => {
  const { IdToken, AccessToken, RefreshToken } = object(answer['AuthenticationResult'])
  const found = [
    ['ID token', IdToken ?? answer['id_token']],
    ['Access token', AccessToken ?? answer['access_token']],
    ['Refresh token', RefreshToken ?? answer['refresh_token']],
  ] as const
  return found.flatMap(([what, token]) => (typeof token === 'string' ? [{ what, token }] : []))
}

/** What has to be filled in for a challenge; undefined for one that a page like this can't answer. */
export const fieldsOf = ({ name, parameters, available }: Asked): readonly Field[] | undefined => {
  const code = codes[name]
  if (code !== undefined) return [{ name: code, label: 'Code', type: 'code' }]
  switch (name) {
    case 'PASSWORD':
      return [{ name: 'PASSWORD', label: 'Password', type: 'password' }]
    case 'NEW_PASSWORD_REQUIRED':
      return [
        { name: 'NEW_PASSWORD', label: 'New password', type: 'password' },
        ...textsOf(parameters['requiredAttributes']).map((attribute): Field => {
          const bare = attribute.replace(/^userAttributes\./, '')
          return { name: `userAttributes.${bare}`, label: bare, type: 'text' }
        }),
      ]
    case 'SELECT_MFA_TYPE':
      return [{ name: 'ANSWER', label: 'Second factor', type: 'text', options: textsOf(parameters['MFAS_CAN_CHOOSE']) }]
    case 'SELECT_CHALLENGE':
      return [{ name: 'ANSWER', label: 'Sign in with', type: 'text', options: available.filter((one) => one !== 'WEB_AUTHN') }]
    case 'CUSTOM_CHALLENGE':
      return [{ name: 'ANSWER', label: 'Answer', type: 'text' }]
    case 'MFA_SETUP':
      return textsOf(parameters['MFAS_CAN_SETUP']).includes('SOFTWARE_TOKEN_MFA')
        ? [{ name: 'UserCode', label: 'Code', type: 'code' }]
        : [{ name: 'EMAIL', label: 'Email address', type: 'text' }]
    default:
      return undefined
  }
}

/** Whether somebody has to go to the authenticator that a challenge sets up before it can be answered. */
export const setsUpAuthenticator = ({ name, parameters }: Asked): boolean =>
  name === 'MFA_SETUP' && textsOf(parameters['MFAS_CAN_SETUP']).includes('SOFTWARE_TOKEN_MFA')
