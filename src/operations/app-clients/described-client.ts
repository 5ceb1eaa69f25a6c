import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { openClientSecrets } from '../../flows/client-secrets.ts'
import type { UserPoolClientType } from '../../model/types.gen.ts'

/** An app client as the API describes it. guess: of two secrets the older one is shown, which every user of the client knows. */
export const describedClient = async (ctx: Context, client: AppClient): Promise<UserPoolClientType> => {
  const [ClientSecret] = await openClientSecrets(ctx, client)
  return { ...client, ClientSecret }
}
