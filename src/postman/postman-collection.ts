import { apiFolder } from './api-folder.ts'
import { type Collection, collectionSchema } from './collection-format.ts'
import { journeyFolder } from './journey-folder.ts'
import { oauthFolder } from './oauth-folder.ts'
import { signedFolder } from './signed-folder.ts'
import type { PostmanTarget } from './target.ts'

const description = ({
  pool,
  client,
  endpoint,
  leftOut,
}: PostmanTarget): string => `The user pool ${pool.Name} (${pool.Id}) and its app client ${client.ClientName}
(${client.ClientId}) at ${endpoint}. Import the environment beside this file and choose it. "Journey" goes from sign-up to deletion, "Signed" does
so with AWS signatures and has what goes wrong, "OAuth 2.0" has the grants, "API" every operation. Each of them runs by itself, and all of them by the
collection runner or Newman.${client.ClientSecret === '' ? '\n\nThe app client has a secret that the server does not tell: type it into the variable client_secret of the environment.' : ''}${
  leftOut.length === 0 ? '' : `\n\nLeft out, because Postman would take a part of it for a variable: ${leftOut.join(', ')}.`
}`

/** A Postman collection for a pool and an app client, which runs from top to bottom and leaves nothing behind. */
export const postmanCollection = (target: PostmanTarget, name: string): Collection => ({
  info: { name, description: description(target), schema: collectionSchema },
  auth: { type: 'noauth' },
  item: [journeyFolder(target), signedFolder(target), oauthFolder(target), apiFolder(target)],
})
