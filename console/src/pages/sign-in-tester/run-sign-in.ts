import { type Asked, askedBy, setsUpAuthenticator, tokensIn } from './challenge.ts'
import type { FlowId } from './flows.ts'
import type { TestAnswer, TestRequest } from './request.ts'
import { secretHash } from './secret-hash.ts'
import { answerVerifier, srpA } from './srp-client.ts'

/** What somebody chose for a sign-in. */
export interface Attempt {
  readonly flow: FlowId
  readonly poolId: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly username: string
  readonly password: string
  readonly refreshToken: string
  /** PREFERRED_CHALLENGE of USER_AUTH; empty for none. */
  readonly firstChallenge: string
  readonly scopes: string
}

/** How far a sign-in has come. */
export type Outcome =
  | { readonly kind: 'asked'; readonly asked: Asked /** Of MFA_SETUP. */; readonly secretCode?: string }
  | { readonly kind: 'tokens'; readonly tokens: ReturnType<typeof tokensIn> }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly message: string
      readonly operation: string
      readonly challenge: string | undefined
    }

/** A sign-in under way. */
export interface SignInRun {
  begin(): Promise<Outcome>
  /** Answers the challenge with what was filled in. */
  respond(asked: Asked, filled: Readonly<Record<string, string>>): Promise<Outcome>
}

interface Tools {
  readonly send: (title: string, request: TestRequest) => Promise<TestAnswer>
  /** 32 unpredictable bytes. */
  readonly secret: Uint8Array
  readonly now: () => number
}

const bodyOf = ({ text }: TestAnswer): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

const refusalOf = (answer: TestAnswer, operation: string, challenge: string | undefined): Outcome => {
  const { __type, message, error, error_description: description } = bodyOf(answer)
  const code = answer.status === 0 ? 'HTTP' : String(__type ?? error ?? `HTTP ${answer.status}`)
  const said = answer.status === 0 ? 'The server does not answer.' : String(message ?? description ?? '')
  return { kind: 'refused', code, message: said, operation, challenge }
}

const isGood = ({ status }: TestAnswer): boolean => status >= 200 && status < 300

/** A sign-in, step by step; every request goes through `send`. */
export const createSignInRun = (attempt: Attempt, { send, secret, now }: Tools): SignInRun => {
  const { flow, poolId, clientId, clientSecret, password } = attempt
  const isAdmin = flow === 'ADMIN_USER_PASSWORD_AUTH'
  const pool = isAdmin ? { UserPoolId: poolId } : {}
  const poolName = poolId.slice(poolId.indexOf('_') + 1)
  let username = attempt.username

  const hashed = async (): Promise<Record<string, string>> =>
    clientSecret === undefined ? {} : { SECRET_HASH: await secretHash(username, clientId, clientSecret) }

  const operation = (title: string, name: string, input: Readonly<Record<string, unknown>>) =>
    send(title, { kind: 'operation', operation: name, input, signed: name.startsWith('Admin') })

  const parameters = async (): Promise<Record<string, string>> => {
    const hash = await hashed()
    const common = { USERNAME: username, ...hash }
    switch (flow) {
      case 'USER_SRP_AUTH':
        return { ...common, SRP_A: srpA(secret) }
      case 'CUSTOM_AUTH':
        return password === '' ? common : { ...common, CHALLENGE_NAME: 'SRP_A', SRP_A: srpA(secret) }
      case 'REFRESH_TOKEN_AUTH':
        return { REFRESH_TOKEN: attempt.refreshToken.trim(), ...hash }
      case 'USER_AUTH':
        return {
          ...common,
          ...(attempt.firstChallenge !== '' && { PREFERRED_CHALLENGE: attempt.firstChallenge }),
          ...(attempt.firstChallenge === 'PASSWORD' && { PASSWORD: password }),
          ...(attempt.firstChallenge === 'PASSWORD_SRP' && { SRP_A: srpA(secret) }),
        }
      default:
        return { ...common, PASSWORD: password }
    }
  }

  const next = async (answer: TestAnswer, name: string, challenge: string | undefined): Promise<Outcome> => {
    if (!isGood(answer)) return refusalOf(answer, name, challenge)
    const body = bodyOf(answer)
    const asked = askedBy(body)
    if (asked === undefined) return { kind: 'tokens', tokens: tokensIn(body) }
    username = asked.parameters['USER_ID_FOR_SRP'] ?? asked.parameters['USERNAME'] ?? username
    if (asked.name === 'PASSWORD_VERIFIER' && password !== '') return answerSrp(asked)
    return setsUpAuthenticator(asked) ? associate(asked) : { kind: 'asked', asked }
  }

  const answerWith = async (asked: Asked, session: string | undefined, responses: Readonly<Record<string, string>>): Promise<Outcome> => {
    const name = isAdmin ? 'AdminRespondToAuthChallenge' : 'RespondToAuthChallenge'
    const answer = await operation(`Answer ${asked.name}`, name, {
      ...pool,
      ClientId: clientId,
      ChallengeName: asked.name,
      ...(session !== undefined && { Session: session }),
      ChallengeResponses: { USERNAME: username, ...responses, ...(await hashed()) },
    })
    return next(answer, name, asked.name)
  }

  const answerSrp = async (asked: Asked): Promise<Outcome> =>
    answerWith(asked, asked.session, await answerVerifier({ poolName, password, secret }, asked.parameters, now()))

  const associate = async (asked: Asked): Promise<Outcome> => {
    const name = 'AssociateSoftwareToken'
    const answer = await operation('Get a secret for the authenticator', name, { Session: asked.session })
    if (!isGood(answer)) return refusalOf(answer, name, asked.name)
    const { SecretCode, Session } = bodyOf(answer)
    return { kind: 'asked', asked: { ...asked, session: String(Session) }, secretCode: String(SecretCode) }
  }

  const verify = async (asked: Asked, UserCode: string): Promise<Outcome> => {
    const name = 'VerifySoftwareToken'
    const answer = await operation('Prove the authenticator', name, { Session: asked.session, UserCode })
    if (!isGood(answer)) return refusalOf(answer, name, asked.name)
    return answerWith(asked, String(bodyOf(answer)['Session']), {})
  }

  return {
    begin: async () => {
      if (flow === 'client_credentials') {
        const form = { grant_type: 'client_credentials', ...(attempt.scopes.trim() !== '' && { scope: attempt.scopes.trim() }) }
        const basic = clientSecret === undefined ? undefined : `${clientId}:${clientSecret}`
        const path = '/oauth2/token'
        const body = basic === undefined ? { ...form, client_id: clientId } : form
        return next(await send('Ask for a token', { kind: 'form', path, form: body, basic }), path, undefined)
      }
      const name = isAdmin ? 'AdminInitiateAuth' : 'InitiateAuth'
      const input = { ...pool, AuthFlow: flow, ClientId: clientId, AuthParameters: await parameters() }
      return next(await operation('Begin', name, input), name, undefined)
    },
    respond: async (asked, filled) => {
      if (setsUpAuthenticator(asked)) return verify(asked, filled['UserCode'] ?? '')
      const way = asked.name === 'SELECT_CHALLENGE' ? filled['ANSWER'] : undefined
      return answerWith(asked, asked.session, {
        ...filled,
        ...(way === 'PASSWORD' && { PASSWORD: password }),
        ...(way === 'PASSWORD_SRP' && { SRP_A: srpA(secret) }),
      })
    },
  }
}
