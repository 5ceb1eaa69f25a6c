import { allowedFlows } from '../../domain/app-client-config.ts'
import { machineScopesFault } from '../../domain/machine-scopes.ts'
import { flowNotEnabled, invalidParameter, isOfTrigger } from '../../errors.ts'
import { requireClientSecret } from '../../flows/client-secret.ts'
import { issueClientToken, openMachineScopes } from '../../flows/client-token.ts'
import { openClient } from '../../flows/open-client.ts'
import type { Operation } from '../operation.ts'

/** guess: a PreTokenGeneration function that fails makes GetClientToken answer InvalidParameterException, since it lists no error of functions. */
const asListed = (error: unknown): unknown => (isOfTrigger(error) ? invalidParameter(error.message) : error)

/** An access token for an app client itself, against one of its secrets; all of its scopes unless some are named. */
export const getClientToken: Operation<'GetClientToken'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireClientSecret(ctx, opened.client, input.Secret)
  if (!allowedFlows(opened.client).has('CLIENT_TOKEN_AUTH')) throw flowNotEnabled('CLIENT_TOKEN_AUTH')
  const granted = await openMachineScopes(ctx, opened)
  const requested = [...new Set(input.Scopes)]
  const fault = machineScopesFault(requested, granted)
  if (fault !== undefined) throw invalidParameter(fault)
  const scopes = requested.length === 0 ? granted : requested
  const issued = issueClientToken(ctx, { ...opened, scopes, clientMetadata: input.ClientMetadata })
  return {
    ClientAuthenticationResult: await issued.catch((error: unknown) => {
      throw asListed(error)
    }),
  }
}
