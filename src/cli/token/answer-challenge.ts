import { Refusal } from '../client/refusal.ts'
import { chooseWay } from './choose-way.ts'
import { newPasswordFor } from './new-password.ts'
import type { SrpExchange } from './srp-exchange.ts'
import type { TokenRun } from './token-run.ts'

/** A challenge as the API asks it. */
export interface AskedChallenge {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
  /** Of SELECT_CHALLENGE. */
  readonly available: readonly string[]
}

/** What a sign-in keeps between its steps. */
export interface SignInState {
  readonly srp: SrpExchange
  /** How many custom challenges were answered. */
  custom: number
}

type Responses = Record<string, string>
type Answer = (run: TokenRun, asked: AskedChallenge, state: SignInState) => Promise<Responses>

const names = (text: string | undefined): string[] => {
  const value: unknown = text === undefined ? [] : JSON.parse(text)
  return Array.isArray(value) ? value.map(String) : []
}

const sentCode =
  (response: string): Answer =>
  async ({ codes }, { parameters }) => ({ [response]: await codes.sent(parameters['CODE_DELIVERY_DESTINATION']) })

/** Whether the password was to stay on this machine: a server that asks for it in clear is not obeyed. */
const keepsPassword = ({ grant, firstFactor }: TokenRun['request']): boolean => grant === 'srp' || firstFactor === 'PASSWORD_SRP'

const clearPassword = async ({ request }: Pick<TokenRun, 'request'>): Promise<string> => {
  if (!keepsPassword(request)) return request.password()
  throw new Refusal(`${request.endpoint} asks for the password itself, which SRP keeps on this machine. It was not sent.`, {
    advice: 'If this server may have it, leave out --srp (or --first-factor PASSWORD_SRP).',
  })
}

const selectChallenge: Answer = async ({ request }, { available }, { srp }) => {
  const chosen = chooseWay(available, keepsPassword(request) ? { ...request, firstFactor: 'PASSWORD_SRP' } : request)
  if (chosen === 'PASSWORD') return { ANSWER: chosen, PASSWORD: await clearPassword({ request }) }
  return { ANSWER: chosen, ...(chosen === 'PASSWORD_SRP' && { SRP_A: srp.srpA }) }
}

const customChallenge: Answer = async ({ request: { answers } }, { parameters }, state) => {
  const answer = answers[state.custom]
  state.custom += 1
  if (answer !== undefined) return { ANSWER: answer }
  const { USERNAME: _own, ...shown } = parameters
  const question = Object.entries(shown).map(([name, value]) => `${name}: ${value}`)
  throw new Refusal(`The user pool asks a challenge of its own (number ${state.custom} of this sign-in).`, {
    why: question.join(', ') || undefined,
    advice: 'Answer it with --answer TEXT, once for each challenge.',
  })
}

const answers: Readonly<Record<string, Answer>> = {
  CUSTOM_CHALLENGE: customChallenge,
  EMAIL_OTP: sentCode('EMAIL_OTP_CODE'),
  NEW_PASSWORD_REQUIRED: async ({ request }, { parameters }) => {
    const required = names(parameters['requiredAttributes']).map((name) => name.replace(/^userAttributes\./, ''))
    const { password, attributes } = newPasswordFor(request, required)
    return {
      NEW_PASSWORD: password,
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`userAttributes.${name}`, value])),
    }
  },
  PASSWORD: async (run) => ({ PASSWORD: await clearPassword(run) }),
  PASSWORD_SRP: async (_run, _asked, { srp }) => ({ SRP_A: srp.srpA }),
  PASSWORD_VERIFIER: async ({ request, clock }, { parameters }, { srp }) => srp.answer(parameters, await request.password(), clock.now()),
  SELECT_CHALLENGE: selectChallenge,
  SELECT_MFA_TYPE: async ({ request }, { parameters }) => ({ ANSWER: chooseWay(names(parameters['MFAS_CAN_CHOOSE']), request) }),
  SMS_MFA: sentCode('SMS_MFA_CODE'),
  SMS_OTP: sentCode('SMS_OTP_CODE'),
  SOFTWARE_TOKEN_MFA: async ({ codes }) => ({ SOFTWARE_TOKEN_MFA_CODE: await codes.totp() }),
}

const cannot: Readonly<Record<string, string>> = {
  MFA_SETUP: 'The user pool requires a second factor and the user has none: set one up first, on the sign-in page or with an access token.',
  WEB_AUTHN: 'A passkey needs its authenticator: take another way with --first-factor.',
}

/** The ChallengeResponses for a challenge, without USERNAME; throws a Refusal where the request can't answer it. */
export const answerChallenge: Answer = (run, asked, state) => {
  const answer = answers[asked.name]
  if (answer !== undefined) return answer(run, asked, state)
  throw new Refusal(`The server asks the challenge ${asked.name}, which this command can't answer.`, { advice: cannot[asked.name] })
}
