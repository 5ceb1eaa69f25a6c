import type { Context } from '../../context.ts'
import { type AllowedFlow, allowedFlows } from '../../domain/app-client-config.ts'
import { presentedDeviceKey } from '../../domain/device.ts'
import {
  adminFlowNotEnabled,
  flowNotEnabled,
  flowNotSupported,
  invalidRefreshToken,
  missingParameter,
  secretHashMissing,
} from '../../errors.ts'
import type { SignInRequest } from '../../flows/attempt.ts'
import type { Choice } from '../../flows/choice.ts'
import { issueTokens } from '../../flows/issue-tokens.ts'
import { type OpenClient, requireSecretHash } from '../../flows/open-client.ts'
import { refresh, refreshNames } from '../../flows/refresh.ts'
import { readRefreshToken } from '../../flows/refresh-grant.ts'
import { type Beginning, beginSignIn, type SignInResult } from '../../flows/sign-in.ts'
import type { AuthFlowType, InitiateAuthRequest, InitiateAuthResponse } from '../../model/types.gen.ts'

/** The wire form of how a step of a sign-in ended. */
export const signInAnswer = async (ctx: Context, result: SignInResult): Promise<InitiateAuthResponse> =>
  result.kind === 'challenge'
    ? {
        ChallengeName: result.name,
        ChallengeParameters: { ...result.parameters },
        Session: result.session,
        ...(result.available === undefined ? {} : { AvailableChallenges: [...result.available] }),
      }
    : { AuthenticationResult: await issueTokens(ctx, result.authenticated), ChallengeParameters: {} }

type Parameters = Readonly<Record<string, string>>

const required = (parameters: Parameters, name: string): string => {
  const value = parameters[name]
  if (!value) throw missingParameter(name)
  return value
}

/** A flow by its present name; two have older ones. */
const present = (flow: AuthFlowType): AllowedFlow => {
  if (flow === 'REFRESH_TOKEN') return 'REFRESH_TOKEN_AUTH'
  return flow === 'ADMIN_NO_SRP_AUTH' ? 'ADMIN_USER_PASSWORD_AUTH' : flow
}

/** The password flow that only the other operation has. */
const foreignFlow = { public: 'ADMIN_USER_PASSWORD_AUTH', admin: 'USER_PASSWORD_AUTH' } as const

const requireFlow = ({ client }: OpenClient, flow: AllowedFlow, surface: 'public' | 'admin'): void => {
  if (flow === foreignFlow[surface]) throw flowNotSupported()
  if (allowedFlows(client).has(flow)) return
  throw surface === 'admin' ? adminFlowNotEnabled() : flowNotEnabled(flow)
}

const refreshed = async (ctx: Context, opened: OpenClient, parameters: Parameters): Promise<InitiateAuthResponse> => {
  const { client, pool } = opened
  const token = required(parameters, 'REFRESH_TOKEN')
  const hash = parameters['SECRET_HASH']
  if (hash === undefined && client.secrets.length > 0) throw secretHashMissing(client.ClientId)
  const grant = await readRefreshToken(ctx, opened, token)
  // Only the token tells whose name the hash was made over.
  if (grant === undefined) throw invalidRefreshToken()
  const names = client.secrets.length > 0 ? await refreshNames(ctx, pool, grant) : []
  await requireSecretHash(ctx, client, names, hash)
  const deviceKey = parameters['DEVICE_KEY'] || undefined
  const tokens = await refresh(ctx, opened, grant, { via: 'REFRESH_TOKEN_AUTH', deviceKey, clientMetadata: undefined })
  return { AuthenticationResult: tokens, ChallengeParameters: {} }
}

const choiceOf = (parameters: Parameters, session: string | undefined): Choice => {
  if (parameters['PREFERRED_CHALLENGE'] === 'PASSWORD_SRP') required(parameters, 'SRP_A')
  return {
    preferred: parameters['PREFERRED_CHALLENGE'],
    parameters,
    session,
    targetAcrValues: parameters['TARGET_ACR_VALUES'] || undefined,
    maxAge: parameters['MAX_AGE'] || undefined,
    accessToken: parameters['ACCESS_TOKEN'] || undefined,
  }
}

/** InitiateAuth and AdminInitiateAuth: opens the flow that was asked for. */
export const initiate = async (
  ctx: Context,
  opened: OpenClient,
  input: Pick<InitiateAuthRequest, 'AuthFlow' | 'AuthParameters' | 'Session'>,
  request: SignInRequest & { readonly surface: 'public' | 'admin' },
): Promise<InitiateAuthResponse> => {
  const flow = present(input.AuthFlow)
  const parameters = input.AuthParameters ?? {}
  requireFlow(opened, flow, request.surface)
  if (flow === 'REFRESH_TOKEN_AUTH') return refreshed(ctx, opened, parameters)
  const username = required(parameters, 'USERNAME')
  const begin = async (beginning: Beginning) => {
    await requireSecretHash(ctx, opened.client, [username], parameters['SECRET_HASH'])
    return signInAnswer(ctx, await beginSignIn(ctx, opened, beginning, request, presentedDeviceKey(parameters['DEVICE_KEY'])))
  }
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
    case 'ADMIN_USER_PASSWORD_AUTH':
      return begin({ kind: 'password', username, password: required(parameters, 'PASSWORD') })
    case 'USER_SRP_AUTH':
      return begin({ kind: 'srp', username, srpA: required(parameters, 'SRP_A') })
    case 'CUSTOM_AUTH': {
      const withPassword = parameters['CHALLENGE_NAME'] === 'SRP_A'
      return begin({ kind: 'custom', username, srpA: withPassword ? required(parameters, 'SRP_A') : undefined })
    }
    case 'USER_AUTH':
      return begin({ kind: 'choice', username, choice: choiceOf(parameters, input.Session) })
    default:
      throw flowNotSupported()
  }
}
