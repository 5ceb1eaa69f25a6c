import type { Context } from '../../context.ts'
import { newAppClientSettings } from '../../domain/app-client-config.ts'
import { chosenClientId, chosenClientIdFault } from '../../domain/chosen-client-id.ts'
import { newClientId, newClientSecret } from '../../domain/ids.ts'
import { clientsPerPool } from '../../domain/quotas.ts'
import { invalidParameter, limitExceeded, notAuthorized } from '../../errors.ts'
import { addAppClient } from '../../flows/add-app-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedClient } from './described-client.ts'
import { requireSoundClient } from './require-sound-client.ts'

/** The id that the client gets: a random one, or the one that its name asks for, where the caller may choose. */
const clientId = (ctx: Context, chosen: string | undefined): string => {
  if (chosen === undefined) return newClientId(ctx.random.below)
  if (!ctx.call.mayChooseIds) throw notAuthorized('You are not permitted to choose the id of an app client.')
  const fault = chosenClientIdFault(chosen)
  if (fault !== undefined) throw invalidParameter(fault)
  return chosen
}

/** Creates an app client, with a secret when one is asked for or given. */
export const createUserPoolClient: Operation<'CreateUserPoolClient'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const secret = input.ClientSecret ?? (input.GenerateSecret === true ? newClientSecret(ctx.random.below) : undefined)
  await requireSoundClient(ctx, input, { pool, hasSecret: secret !== undefined, use: 'creating' })
  const chosen = chosenClientId(input.ClientName)
  const ClientId = clientId(ctx, chosen)
  const settings = { ...newAppClientSettings(input), ClientName: chosen ?? input.ClientName }
  const client = await addAppClient(ctx, pool, { ClientId, settings, secret })
  if (client === 'id taken') throw invalidParameter(`An app client with the id ${ClientId} already exists.`)
  if (client === 'too many') throw limitExceeded(`The user pool has ${clientsPerPool} app clients already.`)
  return { UserPoolClient: await describedClient(ctx, client) }
}
