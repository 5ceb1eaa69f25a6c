import { operationOf } from './api-folder.ts'
import { apiItem } from './api-item.ts'
import { awsSignature } from './aws-signature.ts'
import type { Folder, Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { ref, traveller } from './person.ts'
import { allowedPasswordFlows, signInItems } from './sign-in-items.ts'
import { signInRefusals, unconfirmedItems } from './sign-in-refusals.ts'
import { newUser } from './sign-up-items.ts'
import { lostTargetItems, signatureRefusals } from './signature-refusals.ts'
import type { PostmanTarget } from './target.ts'

const description = `The public calls of "Journey" with the authorization "AWS Signature" and the header X-Amz-User-Agent of an SDK: they need no
signature, and one that is there is checked. The requests whose names begin with "Refused" are mistakes, whose tests want the right refusal.`

const userAgent = { key: 'X-Amz-User-Agent', value: 'aws-amplify/5.0.4 auth framework/5' }

/** A request of the API as an SDK sends it that has an access key; any other stays as it is. */
const signed = (target: PostmanTarget, item: Item): Item =>
  operationOf(item) === undefined
    ? item
    : { ...item, request: { ...item.request, header: [...item.request.header, userAgent], auth: awsSignature(target) } }

/** J2: a sign-up, a sign-in and what a token is good for, all signed, and what goes wrong with signatures, flows and passwords. */
export const signedFolder = (target: PostmanTarget): Folder => {
  const made = newUser(target, traveller)
  const [flow] = allowedPasswordFlows(target)
  const [first, ...rest] = made.items
  const isOwnSignUp = first !== undefined && operationOf(first) === 'SignUp'
  const begun = isOwnSignUp ? [first, ...unconfirmedItems(target, traveller), ...rest] : made.items
  const token = { AccessToken: '{{access_token}}' }
  const signedIn =
    flow === undefined ? [] : [...signInItems(target, made.planned, flow).items, apiItem(target, 'GetUser', exampleInput('GetUser', token))]
  const known = { UserPoolId: '{{pool_id}}', Username: ref(traveller.name) }
  const end =
    flow === undefined
      ? apiItem(target, 'AdminDeleteUser', exampleInput('AdminDeleteUser', known))
      : apiItem(target, 'DeleteUser', exampleInput('DeleteUser', token))
  const calls = [...begun, ...signedIn, ...signInRefusals(target, traveller), end].map((item) => signed(target, item))
  return { name: 'Signed', description, item: [...calls, ...lostTargetItems(), ...signatureRefusals(target)] }
}
