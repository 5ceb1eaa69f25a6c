/** A challenge as the API asks it. */
export interface Asked {
  readonly name: string
  readonly session: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  /** Of SELECT_CHALLENGE. */
  readonly available: readonly string[]
  /** Which second factor MFA_SETUP sets up; undefined until somebody chose, or where there is none to choose. */
  readonly setsUp?: string | undefined
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

/** The second factors that this page can set up during a sign-in, of those that a challenge offers. */
const setUpChoices = (parameters: Asked['parameters']): string[] =>
  textsOf(parameters['MFAS_CAN_SETUP']).filter((factor) => factor === 'SOFTWARE_TOKEN_MFA' || factor === 'EMAIL_OTP')

/** What a successful answer asks next; undefined when it asks nothing. */
export const askedBy = (answer: Readonly<Record<string, unknown>>): Asked | undefined => {
  const { ChallengeName: name, Session: session, ChallengeParameters, AvailableChallenges: available } = answer
  if (typeof name !== 'string') return undefined
  const parameters = strings(ChallengeParameters)
  const choices = name === 'MFA_SETUP' ? setUpChoices(parameters) : []
  return {
    name,
    session: typeof session === 'string' ? session : undefined,
    parameters,
    available: Array.isArray(available) ? available.map(String) : [],
    setsUp: choices.length === 1 ? choices[0] : undefined,
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

const passwordField: Field = { name: 'PASSWORD', label: 'Password', type: 'password' }

/** The name of the field in which somebody chooses what MFA_SETUP sets up; it is sent nowhere. */
export const setUpChoice = 'What to set up'

const setUpFields = ({ setsUp, parameters }: Asked): readonly Field[] | undefined => {
  if (setsUp === 'SOFTWARE_TOKEN_MFA') return [{ name: 'UserCode', label: 'Code', type: 'code' }]
  if (setsUp === 'EMAIL_OTP') return [{ name: 'EMAIL', label: 'Email address', type: 'text' }]
  const options = setUpChoices(parameters)
  return options.length === 0 ? undefined : [{ name: setUpChoice, label: 'Second factor to set up', type: 'text', options }]
}

/**
 * What has to be filled in for a challenge, where `filled` is what already is, and `hasPassword` says that a password was typed before;
 * undefined for a challenge that a page like this can't answer.
 */
export const fieldsOf = (asked: Asked, filled: Readonly<Record<string, string>> = {}, hasPassword = true): readonly Field[] | undefined => {
  const { name, parameters, available } = asked
  const code = codes[name]
  if (code !== undefined) return [{ name: code, label: 'Code', type: 'code' }]
  switch (name) {
    case 'PASSWORD':
    case 'PASSWORD_VERIFIER':
      return [passwordField]
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
    case 'SELECT_CHALLENGE': {
      const options = available.filter((one) => one !== 'WEB_AUTHN')
      const way: Field = { name: 'ANSWER', label: 'Sign in with', type: 'text', options }
      if (options.length === 0) return undefined
      return !hasPassword && filled['ANSWER']?.startsWith('PASSWORD') ? [way, passwordField] : [way]
    }
    case 'CUSTOM_CHALLENGE':
      return [{ name: 'ANSWER', label: 'Answer', type: 'text' }]
    case 'MFA_SETUP':
      return setUpFields(asked)
    default:
      return undefined
  }
}

const passkeys =
  'A passkey belongs to the address of the login pages (the relying party ID of the user pool), and browsers show it to no page elsewhere, so not to this console. Try it with the flow “Login pages, authorization code”.'

/** Why this page can't answer a challenge, or one of the ways that it offers, as a sentence; undefined where it can. */
export const whyNot = (asked: Asked): string | undefined => {
  const { name, parameters, available } = asked
  if (name === 'WEB_AUTHN' || available.includes('WEB_AUTHN')) return passkeys
  if (fieldsOf(asked) !== undefined) return undefined
  if (name.startsWith('DEVICE_')) return 'A remembered device answers with a key that only it has.'
  if (name !== 'MFA_SETUP') return 'This page does not know how to answer that challenge.'
  return textsOf(parameters['MFAS_CAN_SETUP']).includes('SMS_MFA')
    ? 'The only second factor that the user could set up is SMS, and a phone number can’t be added during a sign-in: an administrator has to add one to the user.'
    : 'The user pool offers no second factor that could be set up during a sign-in.'
}

/** Whether somebody has to go to the authenticator that a challenge sets up before it can be answered. */
export const setsUpAuthenticator = ({ name, setsUp }: Asked): boolean => name === 'MFA_SETUP' && setsUp === 'SOFTWARE_TOKEN_MFA'
