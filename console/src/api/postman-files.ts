import type { UserPoolClientType, UserPoolType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'
import { pagesOfPool } from './quick-links.ts'
import type { Session } from './session.ts'

/** A file to be saved. */
export interface NamedFile {
  readonly name: string
  readonly text: string
}

/** Empty for a client whose secret can't be read: the first one, which Describe tells, was deleted after a second one was made. */
const secretOf = async ({ UserPoolId, ClientId, ClientSecret }: UserPoolClientType): Promise<string | undefined> => {
  if (ClientSecret !== undefined || UserPoolId === undefined || ClientId === undefined) return ClientSecret
  const { ClientSecrets = [] } = await call('ListUserPoolClientSecrets', { UserPoolId, ClientId })
  return ClientSecrets.length > 0 ? '' : undefined
}

/**
 * A Postman collection and its environment for an app client, as `poolhouse postman` writes them. Administrators' requests take the access key
 * from Postman's vault, except on development servers, which take any. Throws ApiError, and what `plainTarget` throws; the collection's
 * description has what that left out.
 */
export const postmanFiles = async (
  { publicUrl, mode, operations }: Pick<Session, 'publicUrl' | 'mode' | 'operations'>,
  pool: UserPoolType,
  client: UserPoolClientType,
): Promise<NamedFile[]> => {
  const { Id = '', Name = '' } = pool
  const { ClientId = '', ClientName = '' } = client
  // Loaded when somebody wants it: the model is large.
  const [{ plainTarget }, { postmanCollection }, { postmanEnvironment }, { fileName }, mfa, secret] = await Promise.all([
    import('../../../src/postman/plain-target.ts'),
    import('../../../src/postman/postman-collection.ts'),
    import('../../../src/postman/environment.ts'),
    import('../../../src/postman/file-name.ts'),
    call('GetUserPoolMfaConfig', { UserPoolId: Id }),
    secretOf({ ...client, UserPoolId: Id }),
  ])
  const isDev = mode === 'dev'
  const target = plainTarget({
    endpoint: publicUrl,
    region: Id.split('_', 1)[0] ?? '',
    pool: { ...pool, Id, Name },
    mfa,
    client: { ...client, ClientId, ClientName, ...(secret !== undefined && { ClientSecret: secret }) },
    oauthUrl: pagesOfPool(publicUrl, pool),
    mailboxUrl: isDev ? `${publicUrl}/_poolhouse/messages` : undefined,
    credentials: isDev ? { accessKeyId: 'any', secretKey: 'any' } : 'vault',
    operations,
  })
  const [name, title] = [fileName(target), `${Name}, ${ClientName}`]
  const text = (value: object) => `${JSON.stringify(value, null, 2)}\n`
  return [
    { name: `${name}.postman_collection.json`, text: text(postmanCollection(target, title)) },
    { name: `${name}.postman_environment.json`, text: text(postmanEnvironment(target, title)) },
  ]
}
