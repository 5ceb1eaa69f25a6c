import type { Context } from '../../context.ts'
import { type AllowedFlow, allowedFlows } from '../../domain/app-client-config.ts'
import {
  adminFlowNotEnabled,
  flowNotEnabled,
  flowNotSupported,
  invalidParameter,
  invalidRefreshToken,
  missingParameter,
  secretHashMissing,
} from '../../errors.ts'
import { issueTokens } from '../../flows/issue-tokens.ts'
import { type OpenClient, requireSecretHash } from '../../flows/open-client.ts'
import { readRefreshToken, refresh, refreshNames } from '../../flows/refresh.ts'
import { beginSignIn, type FirstFactor, type SignInResult } from '../../flows/sign-in.ts'
import type { AuthFlowType, InitiateAuthResponse } from '../../model/types.gen.ts'

/** Who asks: anybody, or a server with an access key. */
export type Surface = 'public' | 'admin'

/** The wire form of how a step of a sign-in ended. */
export const signInAnswer = async (ctx: Context, result: SignInResult): Promise<InitiateAuthResponse> =>
  result.kind === 'challenge'
    ? { ChallengeName: result.name, ChallengeParameters: { ...result.parameters }, Session: result.session }
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
const foreignFlow: Record<Surface, AllowedFlow> = { public: 'ADMIN_USER_PASSWORD_AUTH', admin: 'USER_PASSWORD_AUTH' }

const requireFlow = ({ client }: OpenClient, flow: AllowedFlow, surface: Surface): void => {
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
  return { AuthenticationResult: await refresh(ctx, opened, grant), ChallengeParameters: {} }
}

/** InitiateAuth and AdminInitiateAuth: opens the flow that was asked for. */
export const initiate = async (
  ctx: Context,
  opened: OpenClient,
  named: AuthFlowType,
  parameters: Parameters,
  surface: Surface,
): Promise<InitiateAuthResponse> => {
  const flow = present(named)
  requireFlow(opened, flow, surface)
  if (flow === 'REFRESH_TOKEN_AUTH') return refreshed(ctx, opened, parameters)
  const username = required(parameters, 'USERNAME')
  const begin = async (factor: FirstFactor) => signInAnswer(ctx, await beginSignIn(ctx, opened, factor))
  switch (flow) {
    case 'USER_PASSWORD_AUTH':
    case 'ADMIN_USER_PASSWORD_AUTH': {
      const password = required(parameters, 'PASSWORD')
      await requireSecretHash(ctx, opened.client, [username], parameters['SECRET_HASH'])
      return begin({ kind: 'password', username, password })
    }
    case 'USER_SRP_AUTH': {
      const srpA = required(parameters, 'SRP_A')
      await requireSecretHash(ctx, opened.client, [username], parameters['SECRET_HASH'])
      return begin({ kind: 'srp', username, srpA })
    }
    default:
      throw invalidParameter(`The ${flow} flow is not built in this server yet.`)
  }
}
