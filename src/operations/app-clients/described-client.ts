import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { describedAnalytics } from '../../domain/app-client-config.ts'
import { openClientSecret } from '../../flows/client-secrets.ts'
import type { UserPoolClientType } from '../../model/types.gen.ts'

/** An app client as the API describes it: with the secret that it was made with, measured on AWS, and never with one added later. */
export const describedClient = async (ctx: Context, client: AppClient): Promise<UserPoolClientType> => {
  const original = client.secrets.find((secret) => secret.original)
  return {
    ...client,
    ClientType: client.ClientType ?? 'REGULAR',
    AnalyticsConfiguration: describedAnalytics(client.AnalyticsConfiguration, ctx.policy.accountId),
    ClientSecret: original && (await openClientSecret(ctx, client, original)),
  }
}
