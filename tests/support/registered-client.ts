import type { MadePool } from './make-pool.ts'
import type { OAuthServer } from './oauth-server.ts'

/** Registers an app client openly, as anybody can in a pool whose registration is open. */
export const registerClient = async (
  server: OAuthServer,
  { UserPoolId }: Pick<MadePool, 'UserPoolId'>,
  metadata: Readonly<Record<string, unknown>>,
): Promise<MadePool> => {
  const { status, body } = await server.send(`/${UserPoolId}/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token_endpoint_auth_method: 'none', ...metadata }),
  })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  return { UserPoolId, ClientId: body.client_id, ClientSecret: '' }
}
