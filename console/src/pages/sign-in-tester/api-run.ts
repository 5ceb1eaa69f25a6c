import type { Attempt } from './attempt.ts'
import { type Asked, askedBy, setsUpAuthenticator, setUpChoice, tokensIn } from './challenge.ts'
import { isGood, membersOf, type Outcome, type RunTools, refusalIn, type SignInRun } from './outcome.ts'
import type { TestAnswer } from './request.ts'
import { secretHash } from './secret-hash.ts'
import { answerVerifier, srpA } from './srp-client.ts'

/** A sign-in by the API, step by step; every request goes through `send`. */
export const createApiRun = (attempt: Attempt, { send, secret, now }: RunTools): SignInRun => {
  const { flow, poolId, clientId, clientSecret, firstChallenge } = attempt
  const isAdmin = flow === 'ADMIN_USER_PASSWORD_AUTH'
  const pool = isAdmin ? { UserPoolId: poolId } : {}
  const poolName = poolId.slice(poolId.indexOf('_') + 1)
  const RefreshToken = attempt.refreshToken.trim()
  let { username, password } = attempt

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
        return { REFRESH_TOKEN: RefreshToken, ...hash }
      case 'USER_AUTH':
        return {
          ...common,
          ...(firstChallenge !== '' && { PREFERRED_CHALLENGE: firstChallenge }),
          ...(firstChallenge === 'PASSWORD' && { PASSWORD: password }),
          ...(firstChallenge === 'PASSWORD_SRP' && { SRP_A: srpA(secret) }),
        }
      default:
        return { ...common, PASSWORD: password }
    }
  }

  const next = async (answer: TestAnswer, name: string, challenge?: string): Promise<Outcome> => {
    if (!isGood(answer)) return refusalIn(answer, name, challenge)
    const body = membersOf(answer)
    const asked = askedBy(body)
    if (asked === undefined) return { kind: 'tokens', tokens: tokensIn(body) }
    username = asked.parameters['USER_ID_FOR_SRP'] ?? asked.parameters['USERNAME'] ?? username
    if (asked.name === 'PASSWORD_VERIFIER' && password !== '') return answerSrp(asked)
    return setsUpAuthenticator(asked) ? associate(asked) : { kind: 'asked', asked }
  }

  const answerWith = async (asked: Asked, responses: Readonly<Record<string, string>>): Promise<Outcome> => {
    const name = isAdmin ? 'AdminRespondToAuthChallenge' : 'RespondToAuthChallenge'
    const answer = await operation(`Answer ${asked.name}`, name, {
      ...pool,
      ClientId: clientId,
      ChallengeName: asked.name,
      ...(asked.session !== undefined && { Session: asked.session }),
      ChallengeResponses: { USERNAME: username, ...responses, ...(await hashed()) },
    })
    return next(answer, name, asked.name)
  }

  const answerSrp = async (asked: Asked): Promise<Outcome> =>
    answerWith(asked, await answerVerifier({ poolName, password, secret }, asked.parameters, now()))

  const associate = async (asked: Asked): Promise<Outcome> => {
    const name = 'AssociateSoftwareToken'
    const answer = await operation('Get a secret for the authenticator', name, { Session: asked.session })
    if (!isGood(answer)) return refusalIn(answer, name, asked.name)
    const { SecretCode, Session } = membersOf(answer)
    return { kind: 'asked', asked: { ...asked, session: String(Session) }, secretCode: String(SecretCode) }
  }

  const verify = async (asked: Asked, UserCode: string): Promise<Outcome> => {
    const name = 'VerifySoftwareToken'
    const answer = await operation('Prove the authenticator', name, { Session: asked.session, UserCode })
    if (!isGood(answer)) return refusalIn(answer, name, asked.name)
    return answerWith({ ...asked, session: String(membersOf(answer)['Session']) }, {})
  }

  /** A refresh is hashed over the user's name or sub alone (developer guide, "Computing secret hash values"); an app has it from its tokens. */
  const lookUpName = async (): Promise<void> => {
    const answer = await operation('Look up the name for SECRET_HASH', 'AdminGetUser', { UserPoolId: poolId, Username: username })
    if (isGood(answer)) username = String(membersOf(answer)['Username'] ?? username)
  }

  const chooseWay = async (asked: Asked, { PASSWORD = '', ...filled }: Readonly<Record<string, string>>): Promise<Outcome> => {
    password = PASSWORD || password
    return answerWith(asked, {
      ...filled,
      ...(filled['ANSWER'] === 'PASSWORD' && { PASSWORD: password }),
      ...(filled['ANSWER'] === 'PASSWORD_SRP' && { SRP_A: srpA(secret) }),
    })
  }

  return {
    begin: async () => {
      if (flow === 'GetTokensFromRefreshToken') {
        const ClientSecret = clientSecret === undefined ? {} : { ClientSecret: clientSecret }
        return next(await operation('Refresh', flow, { RefreshToken, ClientId: clientId, ...ClientSecret }), flow)
      }
      if (flow === 'REFRESH_TOKEN_AUTH' && clientSecret !== undefined && username !== '') await lookUpName()
      const name = isAdmin ? 'AdminInitiateAuth' : 'InitiateAuth'
      const input = { ...pool, AuthFlow: flow, ClientId: clientId, AuthParameters: await parameters() }
      return next(await operation('Begin', name, input), name)
    },
    respond: async (asked, filled) => {
      const setsUp = filled[setUpChoice]
      if (setsUp !== undefined) {
        const chosen = { ...asked, setsUp }
        return setsUpAuthenticator(chosen) ? associate(chosen) : { kind: 'asked', asked: chosen }
      }
      if (setsUpAuthenticator(asked)) return verify(asked, filled['UserCode'] ?? '')
      if (asked.name === 'SELECT_CHALLENGE') return chooseWay(asked, filled)
      if (asked.name !== 'PASSWORD_VERIFIER') return answerWith(asked, filled)
      password = filled['PASSWORD'] ?? ''
      return answerSrp(asked)
    },
    receive: () => Promise.reject(new Error('Nothing was opened on login pages.')),
  }
}
