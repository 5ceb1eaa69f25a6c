import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'

/** The secrets of an app client in the clear, oldest first; none for a public client. */
export const openClientSecrets = (ctx: Context, client: AppClient): Promise<string[]> =>
  Promise.all(
    client.secrets.map(async ({ id, sealed }) => {
      const plain = await ctx.keyring.open('secrets', client.poolUid, `${client.uid}/${id}`, sealed)
      if (plain === undefined) throw new Error(`the secret ${id} of app client ${client.ClientId} does not open`)
      return new TextDecoder().decode(plain)
    }),
  )
