import type { Context } from '../../context.ts'
import { groupConfiguration, type TokenGroup } from '../../domain/group-configuration.ts'
import { type OverrideVersion, overridesFault, readOverrides, type TokenOverrides } from '../../domain/token-overrides.ts'
import { configuredFunction } from '../../domain/trigger-config.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidLambdaResponse } from '../../errors.ts'
import type { OpenClient } from '../open-client.ts'
import { callTrigger, type TriggerCall } from './call-trigger.ts'
import { type ClientMetadata, clientMetadataOf, userAttributesOf } from './event-attributes.ts'

/** What a user's tokens are made for, as PreTokenGeneration's triggerSource says it. */
export type TokenSource =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_AuthenticateDevice'
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_RefreshTokens'

/** A user's tokens that are about to be made. */
export interface UserTokenRequest extends OpenClient {
  readonly user: User
  readonly groups: readonly TokenGroup[]
  readonly scopes: readonly string[]
  readonly source: TokenSource
  readonly clientMetadata?: ClientMetadata | undefined
}

/** An app client's own token that is about to be made. */
export interface ClientTokenRequest extends OpenClient {
  readonly scopes: readonly string[]
  readonly clientMetadata?: ClientMetadata | undefined
}

/** What a function said of tokens, found to be sound; it can be kept until they are made. */
export interface TokenAnswer {
  readonly version: OverrideVersion
  readonly response: Readonly<Record<string, unknown>>
}

/** What an answer comes to; undefined where no function was asked. */
export const overridesIn = (answer: TokenAnswer | undefined): TokenOverrides | undefined =>
  answer && readOverrides(answer.version, answer.response)

/** The version of the event that the pool's function takes; undefined where it has none. */
const versionOf = (pool: UserPool): OverrideVersion | undefined => {
  const configured = configuredFunction(pool, 'PreTokenGeneration')
  if (configured === undefined) return undefined
  if (configured.version === 'V3_0') return '3'
  return configured.version === 'V2_0' ? '2' : '1'
}

const emptyResponse = (version: OverrideVersion) =>
  version === '1' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null }

const ask = async (
  ctx: Context,
  version: OverrideVersion,
  { pool, client }: OpenClient,
  event: Pick<TriggerCall, 'source' | 'userName' | 'request'>,
): Promise<TokenAnswer | undefined> => {
  const { ClientId: clientId } = client
  const call = { ...event, pool, clientId, version, trigger: 'PreTokenGeneration', response: emptyResponse(version) } as const
  const response = await callTrigger(ctx, call)
  if (response === undefined) return undefined
  const fault = overridesFault(version, response, clientId)
  if (fault !== undefined) throw invalidLambdaResponse(fault)
  return { version, response }
}

/**
 * Asks the pool's PreTokenGeneration function what a user's tokens should say; undefined where there is none (developer guide, "Pre token
 * generation Lambda trigger"). Throws what `callTrigger` throws, and InvalidLambdaResponseException for an answer that can't be followed.
 */
export const preTokenGeneration = async (ctx: Context, asked: UserTokenRequest): Promise<TokenAnswer | undefined> => {
  const { pool, user, groups, scopes, source, clientMetadata } = asked
  const version = versionOf(pool)
  if (version === undefined) return undefined
  return ask(ctx, version, asked, {
    source,
    userName: user.username,
    request: {
      userAttributes: userAttributesOf(pool, user),
      groupConfiguration: groupConfiguration(groups),
      ...(version === '1' ? {} : { scopes }),
      ...clientMetadataOf(clientMetadata),
    },
  })
}

/** The same of a token for an app client itself, about which only functions of version 3 are asked. */
export const preClientTokenGeneration = async (ctx: Context, asked: ClientTokenRequest): Promise<TokenOverrides | undefined> => {
  if (versionOf(asked.pool) !== '3') return undefined
  const answer = await ask(ctx, '3', asked, {
    source: 'TokenGeneration_ClientCredentials',
    userName: 'ClientCredentials',
    request: { userAttributes: {}, groupConfiguration: null, scopes: asked.scopes, ...clientMetadataOf(asked.clientMetadata) },
  })
  return overridesIn(answer)
}
