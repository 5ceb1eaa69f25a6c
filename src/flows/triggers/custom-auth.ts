import type { Context } from '../../context.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import type { CustomRound } from '../../domain/progress.ts'
import { configuredFunction, type TriggerName } from '../../domain/trigger-config.ts'
import { customAuthNotConfigured, invalidLambdaResponse } from '../../errors.ts'
import type { Attempt } from '../attempt.ts'
import { callTrigger, type TriggerResponse } from './call-trigger.ts'
import { clientMetadataOf, userAttributesOf } from './event-attributes.ts'

/** What DefineAuthChallenge wants next. */
export type Definition =
  | { readonly kind: 'issue tokens' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'challenge'; readonly name: string }

/** A custom challenge as CreateAuthChallenge made it. */
export interface CustomChallenge {
  readonly publicParameters: Readonly<Record<string, string>>
  readonly privateParameters: Readonly<Record<string, string>>
  readonly metadata: string | undefined
}

interface Ask {
  readonly request: Readonly<Record<string, unknown>>
  readonly response: Readonly<Record<string, unknown>>
}

/** Calls one of the three functions; custom authentication has no sense without any of them. */
const ask = async (
  ctx: Context,
  { pool, client, candidate, request: { clientMetadata } }: Attempt,
  trigger: Extract<TriggerName, 'DefineAuthChallenge' | 'CreateAuthChallenge' | 'VerifyAuthChallengeResponse'>,
  { request, response }: Ask,
): Promise<TriggerResponse> => {
  if (configuredFunction(pool, trigger) === undefined) throw customAuthNotConfigured()
  const { user, typed } = candidate
  const answer = await callTrigger(ctx, {
    pool,
    trigger,
    source: `${trigger}_Authentication`,
    clientId: client.ClientId,
    userName: user?.username ?? typed,
    request: {
      userAttributes: user === undefined ? {} : userAttributesOf(pool, user),
      ...request,
      ...clientMetadataOf(clientMetadata),
      // Only clients that hide whether a user exists see it (developer guide, "Define Auth challenge Lambda trigger").
      ...(hidesUserExistence(client) ? { userNotFound: user === undefined } : {}),
    },
    response,
  })
  return answer ?? {}
}

const flag = (response: TriggerResponse, name: string): boolean => {
  const value = response[name]
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw invalidLambdaResponse()
  return value
}

const texts = (response: TriggerResponse, name: string): Record<string, string> => {
  const value = response[name] ?? {}
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidLambdaResponse()
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw invalidLambdaResponse()
      return [key, text]
    }),
  )
}

const text = (response: TriggerResponse, name: string): string | undefined => {
  const value = response[name] ?? undefined
  if (value !== undefined && typeof value !== 'string') throw invalidLambdaResponse()
  return value
}

const session = (rounds: readonly CustomRound[]) =>
  rounds.map(({ challengeName, challengeResult, challengeMetadata }) => ({
    challengeName,
    challengeResult,
    challengeMetadata: challengeMetadata ?? null,
  }))

/**
 * Asks DefineAuthChallenge what comes after these rounds (developer guide, "Define Auth challenge Lambda trigger"). An answer that says both
 * to fail and to go on fails.
 */
export const defineAuthChallenge = async (ctx: Context, attempt: Attempt, rounds: readonly CustomRound[]): Promise<Definition> => {
  const response = await ask(ctx, attempt, 'DefineAuthChallenge', {
    request: { session: session(rounds) },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  })
  if (flag(response, 'failAuthentication')) return { kind: 'fail' }
  if (flag(response, 'issueTokens')) return { kind: 'issue tokens' }
  const name = text(response, 'challengeName')
  if (!name) throw invalidLambdaResponse()
  return { kind: 'challenge', name }
}

/** Asks CreateAuthChallenge for a question and its answer (developer guide, "Create Auth challenge Lambda trigger"). */
export const createAuthChallenge = async (ctx: Context, attempt: Attempt, rounds: readonly CustomRound[]): Promise<CustomChallenge> => {
  const response = await ask(ctx, attempt, 'CreateAuthChallenge', {
    request: { challengeName: 'CUSTOM_CHALLENGE', session: session(rounds) },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  })
  return {
    publicParameters: texts(response, 'publicChallengeParameters'),
    privateParameters: texts(response, 'privateChallengeParameters'),
    metadata: text(response, 'challengeMetadata'),
  }
}

/** Asks VerifyAuthChallengeResponse whether the answer is right (developer guide, "Verify Auth challenge response Lambda trigger"). */
export const verifyAuthChallenge = async (
  ctx: Context,
  attempt: Attempt,
  privateChallengeParameters: Readonly<Record<string, string>>,
  challengeAnswer: string,
): Promise<boolean> => {
  const response = await ask(ctx, attempt, 'VerifyAuthChallengeResponse', {
    request: { privateChallengeParameters, challengeAnswer },
    response: { answerCorrect: null },
  })
  return flag(response, 'answerCorrect')
}
