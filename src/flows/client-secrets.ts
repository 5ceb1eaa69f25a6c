import type { Context } from '../context.ts'
import type { AppClient, SealedClientSecret } from '../domain/app-client.ts'

const entity = ({ uid }: Pick<AppClient, 'uid'>, secretId: string) => `${uid}/${secretId}`

/** One of an app client's secrets in the clear. */
export const openClientSecret = async (ctx: Context, client: AppClient, { id, sealed }: SealedClientSecret): Promise<string> => {
  const plain = await ctx.keyring.open('secrets', client.poolUid, entity(client, id), sealed)
  if (plain === undefined) throw new Error(`the secret ${id} of app client ${client.ClientId} does not open`)
  return new TextDecoder().decode(plain)
}

/** The secrets of an app client in the clear, oldest first; none for a public client. */
export const openClientSecrets = (ctx: Context, client: AppClient): Promise<string[]> =>
  Promise.all(client.secrets.map((secret) => openClientSecret(ctx, client, secret)))

/** A secret as the client's record keeps it. `earlier` are the client's other secrets: no two share an id. */
export const sealClientSecret = async (
  ctx: Context,
  client: Pick<AppClient, 'uid' | 'poolUid' | 'ClientId'>,
  secret: string,
  earlier: readonly SealedClientSecret[] = [],
): Promise<SealedClientSecret> => {
  const createdAt = Math.max(ctx.clock.now(), ...earlier.map((other) => other.createdAt + 1))
  const id = `${client.ClientId}--${createdAt}`
  return { id, createdAt, sealed: await ctx.keyring.seal('secrets', client.poolUid, entity(client, id), new TextEncoder().encode(secret)) }
}
