import { secretHashScript } from './scripts/secret-hash.ts'
import type { PostmanTarget } from './target.ts'

/** What a client with a secret adds to a request: a script before it, and the hash. */
export interface SecretProof {
  readonly before: readonly string[]
  /** A member of AuthParameters and ChallengeResponses. */
  readonly parameter: Readonly<Record<string, string>>
  /** A member of the request itself. */
  readonly member: Readonly<Record<string, string>>
}

const none: SecretProof = { before: [], parameter: {}, member: {} }

/** What proves the app client's secret for the user whose name is in a variable; nothing for a client without one. */
export const secretProof = ({ client }: Pick<PostmanTarget, 'client'>, nameVariable: string): SecretProof =>
  client.ClientSecret === undefined
    ? none
    : {
        before: [secretHashScript(nameVariable)],
        parameter: { SECRET_HASH: '{{secret_hash}}' },
        member: { SecretHash: '{{secret_hash}}' },
      }
