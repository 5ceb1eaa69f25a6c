import type { OperationName } from '../model/types.gen.ts'
import { type ApiItemOptions, apiItem } from './api-item.ts'
import type { Item } from './collection-format.ts'
import { type ExampleInput, exampleInput } from './example-input.ts'
import { mailboxItems } from './mailbox-item.ts'
import { member, ref } from './person.ts'
import type { PostmanTarget } from './target.ts'

type Call = (operation: OperationName, given?: ExampleInput, options?: ApiItemOptions) => Item

/** What the folders of the API are made with. */
export interface ResourceCalls {
  readonly target: PostmanTarget
  /** A request about the user's own pool, app client and the user `member_username`. */
  readonly own: Call
  /** A request about the practice pool, which the collection makes for whatever changes settings, and its app client and user. */
  readonly practice: Call
  /** The practice user signs in; tokens go into variables that begin with `practice_`. */
  readonly signIn: (title?: string, keeps?: Readonly<Record<string, string>>) => Item
  /** Reads the newest code to an address in a variable. */
  readonly code: (to: string) => Item[]
}

const known = {
  own: { UserPoolId: '{{pool_id}}', ClientId: '{{client_id}}', Username: ref(member.name) },
  practice: {
    UserPoolId: '{{practice_pool_id}}',
    ClientId: '{{practice_client_id}}',
    Username: '{{practice_username}}',
    AccessToken: '{{practice_access_token}}',
    ResourceArn: '{{practice_pool_arn}}',
  },
}

const tokens = {
  practice_access_token: 'AuthenticationResult.AccessToken',
  practice_refresh_token: 'AuthenticationResult.RefreshToken',
}

/** The requests for a target. */
export const resourceCalls = (target: PostmanTarget): ResourceCalls => {
  const callFor =
    (values: ExampleInput): Call =>
    (operation, given = {}, options = {}) =>
      apiItem(target, operation, exampleInput(operation, values, given), options)
  const practice = callFor(known.practice)
  return {
    target,
    own: callFor(known.own),
    practice,
    signIn: (title = 'a new sign-in', keeps = {}) =>
      practice(
        'InitiateAuth',
        { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: '{{practice_username}}', PASSWORD: '{{practice_password}}' } },
        { title, keeps: { ...tokens, ...keeps } },
      ),
    code: (to) => mailboxItems(target, { to }),
  }
}
