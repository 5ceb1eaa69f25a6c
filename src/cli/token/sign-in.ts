import { secretHash } from '../../crypto/secret-hash.ts'
import { isObject } from '../../domain/is-object.ts'
import { Refusal } from '../client/refusal.ts'
import { type AskedChallenge, answerChallenge, type SignInState } from './answer-challenge.ts'
import { createSrpExchange } from './srp-exchange.ts'
import type { TokenRequest } from './token-request.ts'
import type { TokenRun } from './token-run.ts'
import { apiTokens, type Tokens } from './tokens.ts'

type Answer = Readonly<Record<string, unknown>>

/** More than any sign-in has, for pools whose own challenges never end. */
const mostSteps = 12

const texts = (value: unknown): Record<string, string> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)])) : {}

const challengeIn = (answer: Answer): AskedChallenge | undefined => {
  const { ChallengeName: name, ChallengeParameters: parameters, AvailableChallenges: available } = answer
  if (typeof name !== 'string' || name === '') return undefined
  return { name, parameters: texts(parameters), available: Array.isArray(available) ? available.map(String) : [] }
}

/** The flow of InitiateAuth and its parameters besides USERNAME and SECRET_HASH. */
const beginning = async (request: TokenRequest, srpA: () => string): Promise<{ flow: string; parameters: Record<string, string> }> => {
  const { grant, firstFactor = 'PASSWORD' } = request
  switch (grant) {
    case 'srp':
      return { flow: 'USER_SRP_AUTH', parameters: { SRP_A: srpA() } }
    case 'custom':
      return { flow: 'CUSTOM_AUTH', parameters: {} }
    case 'choice':
      return {
        flow: 'USER_AUTH',
        parameters: {
          PREFERRED_CHALLENGE: firstFactor,
          ...(firstFactor === 'PASSWORD' && { PASSWORD: await request.password() }),
          ...(firstFactor === 'PASSWORD_SRP' && { SRP_A: srpA() }),
        },
      }
    default:
      return { flow: 'USER_PASSWORD_AUTH', parameters: { PASSWORD: await request.password() } }
  }
}

/** Tokens by a sign-in through the API, with whatever challenges it meets; throws a Refusal. */
export const signIn = async (run: TokenRun): Promise<Tokens> => {
  const { request, callApi, codes, random } = run
  const { clientId: ClientId, clientSecret, username } = request
  const state: SignInState = { srp: createSrpExchange(random, request.poolName), custom: 0 }
  const proved = (name: string) => ({
    USERNAME: name,
    ...(clientSecret !== undefined && { SECRET_HASH: secretHash(name, ClientId, clientSecret) }),
  })

  const { flow, parameters } = await beginning(request, () => state.srp.srpA)
  await codes.begin()
  let answer: Answer = await callApi('InitiateAuth', { ClientId, AuthFlow: flow, AuthParameters: { ...proved(username), ...parameters } })
  // The name by which the server goes on is its own for the user.
  let name = username
  const respond = async (asked: AskedChallenge): Promise<Answer> => {
    name = asked.parameters['USER_ID_FOR_SRP'] || name
    const ChallengeResponses = { ...proved(name), ...(await answerChallenge(run, asked, state)) }
    return callApi('RespondToAuthChallenge', { ClientId, ChallengeName: asked.name, Session: answer['Session'], ChallengeResponses })
  }
  for (let step = 0; step < mostSteps; step += 1) {
    const asked = challengeIn(answer)
    if (asked === undefined) return apiTokens(answer['AuthenticationResult'])
    answer = await respond(asked).catch(async (error: unknown) => {
      // A code of the app is good once, and somebody may have signed in within these 30 s.
      const isUsed = asked.name === 'SOFTWARE_TOKEN_MFA' && error instanceof Refusal && error.code === 'ExpiredCodeException'
      if (isUsed && (await codes.nextTotp())) return respond(asked)
      throw error
    })
  }
  throw new Refusal(`The sign-in has not ended after ${mostSteps} challenges.`)
}
