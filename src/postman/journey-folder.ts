import { apiItem } from './api-item.ts'
import { codeSignInItems } from './code-sign-in-items.ts'
import type { Folder, Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { changePasswordItem, forgottenPasswordItems } from './password-items.ts'
import { ref, traveller } from './person.ts'
import { refreshItems, revokeItems } from './session-items.ts'
import { allowedPasswordFlows, type PasswordFlow, type SignInPlan, signInItems } from './sign-in-items.ts'
import { newUser } from './sign-up-items.ts'
import type { PostmanTarget } from './target.ts'

const description = `From sign-up to deletion, in the order in which an application sends it. Every run makes a user of its own; the requests
that ask for tokens are those that the app client allows, with the challenges that the user pool asks.`

const withToken = (target: PostmanTarget, operation: 'GetUser' | 'GlobalSignOut' | 'DeleteUser', tests: readonly string[] = []): Item =>
  apiItem(target, operation, exampleInput(operation, { AccessToken: '{{access_token}}' }), { tests })

const getUser = (target: PostmanTarget): Item =>
  withToken(target, 'GetUser', [
    'const attribute = (name) => body.UserAttributes?.find(({ Name }) => Name === name)?.Value',
    "pm.test('the user has a sub', () => pm.expect(attribute('sub')).to.be.a('string'))",
    "keep('user_sub', attribute('sub'))",
  ])

/** The sign-ins after the first one: by every other flow once, and the first flow again where they don't suffice. */
const laterFlows = ([first, ...others]: readonly [PasswordFlow, ...PasswordFlow[]]): [PasswordFlow, PasswordFlow, ...PasswordFlow[]] => {
  const [second = first, third = first, ...rest] = others
  return [second, third, ...rest]
}

/** J1: sign-up, confirmation, sign-in, and everything that a signed-in user does, up to the deletion. */
export const journeyFolder = (target: PostmanTarget): Folder => {
  const made = newUser(target, traveller)
  const [first, ...others] = allowedPasswordFlows(target)
  const folder = (items: Item[]): Folder => ({ name: 'Journey', description, item: [...made.items, ...items] })
  if (first === undefined) {
    const known = { UserPoolId: '{{pool_id}}', Username: ref(traveller.name) }
    return folder([apiItem(target, 'AdminDeleteUser', exampleInput('AdminDeleteUser', known))])
  }
  const signedIn = signInItems(target, made.planned, first)
  const [second, ...rest] = laterFlows([first, ...others])
  const again = signInItems(target, signedIn.planned, second)
  const more = rest.reduce<SignInPlan>(
    (before, flow) => {
      const next = signInItems(target, before.planned, flow)
      return { items: [...before.items, ...next.items], planned: next.planned }
    },
    { items: [], planned: again.planned },
  )
  return folder([
    ...signedIn.items,
    getUser(target),
    ...refreshItems(target, signedIn.planned),
    changePasswordItem(target, signedIn.planned),
    ...revokeItems(target),
    ...forgottenPasswordItems(target, signedIn.planned),
    ...again.items,
    withToken(target, 'GlobalSignOut'),
    ...more.items,
    ...codeSignInItems(target, more.planned),
    withToken(target, 'DeleteUser'),
  ])
}
