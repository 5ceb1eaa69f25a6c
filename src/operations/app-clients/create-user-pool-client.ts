import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { newAppClientSettings } from '../../domain/app-client-config.ts'
import { newClientId, newClientSecret } from '../../domain/ids.ts'
import { clientsPerPool } from '../../domain/quotas.ts'
import { invalidParameter, limitExceeded, notAuthorized } from '../../errors.ts'
import { sealClientSecret } from '../../flows/client-secrets.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedClient } from './described-client.ts'
import { requireSoundClient } from './require-sound-client.ts'

const chosenIdPrefix = '_custom_id_:'

/** The id that the client gets: a random one, or the one that its name asks for, where the caller may choose. */
const clientId = (ctx: Context, name: string): string => {
  if (!name.startsWith(chosenIdPrefix)) return newClientId(ctx.random.below)
  if (!ctx.call.mayChooseIds) throw notAuthorized('You are not permitted to choose the id of an app client.')
  const chosen = name.slice(chosenIdPrefix.length)
  // Ids of secrets are made of it and 15 characters more, and end at 128.
  if (!/^[\w+]{1,113}$/.test(chosen))
    throw invalidParameter('A chosen id of an app client has 1 to 113 letters, digits, underscores or plus signs.')
  return chosen
}

/** Creates an app client, with a secret when one is asked for or given. */
export const createUserPoolClient: Operation<'CreateUserPoolClient'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const secret = input.ClientSecret ?? (input.GenerateSecret === true ? newClientSecret(ctx.random.below) : undefined)
  await requireSoundClient(ctx, input, { pool, hasSecret: secret !== undefined, use: 'creating' })
  const ClientId = clientId(ctx, input.ClientName)
  const now = ctx.clock.now()
  const identity = { uid: ctx.random.uuid(), poolUid: pool.uid, ClientId }
  const client: AppClient = {
    ...newAppClientSettings(input),
    ...identity,
    ClientName: input.ClientName.startsWith(chosenIdPrefix) ? ClientId : input.ClientName,
    UserPoolId: pool.Id,
    CreationDate: now,
    LastModifiedDate: now,
    version: 1,
    secrets: secret === undefined ? [] : [await sealClientSecret(ctx, identity, secret)],
  }
  const outcome = await ctx.store.clients.create(ctx.by(), client, clientsPerPool)
  if (outcome === 'id taken') throw invalidParameter(`An app client with the id ${ClientId} already exists.`)
  if (outcome === 'too many') throw limitExceeded(`The user pool has ${clientsPerPool} app clients already.`)
  return { UserPoolClient: await describedClient(ctx, client) }
}
