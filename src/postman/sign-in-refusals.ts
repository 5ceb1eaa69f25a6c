import { allowedFlows } from '../domain/app-client-config.ts'
import { apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { type Person, ref } from './person.ts'
import type { PostmanTarget } from './target.ts'

interface Attempt {
  /** The variable that holds the user name. */
  readonly name: string
  readonly password: string
  /** What is wrong with it. */
  readonly mistake: string
  readonly refused: { readonly code: string; readonly words: string }
  readonly before?: readonly string[]
}

const ask = (target: PostmanTarget, flow: string, { name, password, mistake, refused, before = [] }: Attempt): Item => {
  const operation = flow === 'ADMIN_USER_PASSWORD_AUTH' ? 'AdminInitiateAuth' : 'InitiateAuth'
  const proof = secretProof(target, name)
  const AuthParameters = { USERNAME: ref(name), PASSWORD: password, ...proof.parameter }
  const input = exampleInput(operation, { UserPoolId: '{{pool_id}}', ClientId: '{{client_id}}' }, { AuthFlow: flow, AuthParameters })
  const item = apiItem(target, operation, input, { before: [...before, ...proof.before], refused })
  return { ...item, name: `Refused: ${mistake}` }
}

/** The flow in which the server itself looks at the password; undefined where the app client has none. */
const plainFlow = ({ client }: PostmanTarget): string | undefined => {
  const allowed = allowedFlows(client)
  return (['USER_PASSWORD_AUTH', 'ADMIN_USER_PASSWORD_AUTH'] as const).find((flow) => allowed.has(flow))
}

/** A sign-in of somebody who has signed up and not confirmed. */
export const unconfirmedItems = (target: PostmanTarget, person: Person): Item[] => {
  const flow = plainFlow(target)
  const refused = { code: 'UserNotConfirmedException', words: 'User is not confirmed.' }
  return flow === undefined
    ? []
    : [ask(target, flow, { name: person.name, password: ref(person.password), mistake: 'user not confirmed', refused })]
}

const wrong = { code: 'NotAuthorizedException', words: 'Incorrect username or password.' }

/** Developer guide, "Managing error responses": who is not there looks like a wrong password only where the app client wants that. */
const nobody = ({ client }: PostmanTarget) =>
  client.PreventUserExistenceErrors === 'ENABLED' ? wrong : { code: 'UserNotFoundException', words: 'User does not exist.' }

const badPasswords = (target: PostmanTarget, person: Person, flow: string): Item[] => [
  ask(target, flow, { name: person.name, password: `not-${ref(person.password)}`, mistake: 'wrong password', refused: wrong }),
  ask(target, flow, {
    name: 'stranger_name',
    password: ref(person.password),
    mistake: 'no such user',
    refused: nobody(target),
    before: ["pm.environment.set('stranger_name', 'nobody-' + pm.variables.replaceIn('{{$guid}}').slice(0, 8) + '@example.com')"],
  }),
]

const missingFlow = (target: PostmanTarget, person: Person): Item[] => {
  const allowed = allowedFlows(target.client)
  const flow = (['USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'USER_SRP_AUTH'] as const).find((each) => !allowed.has(each))
  if (flow === undefined) return []
  const words = flow === 'USER_PASSWORD_AUTH' ? 'USER_PASSWORD_AUTH flow not enabled for this client' : 'not enabled for'
  const refused = { code: 'InvalidParameterException', words }
  return [ask(target, flow, { name: person.name, password: ref(person.password), mistake: `${flow}, which the app client lacks`, refused })]
}

/** Sign-ins of a confirmed user that go wrong: a flow that the app client lacks, a wrong password, a name that nobody has. */
export const signInRefusals = (target: PostmanTarget, person: Person): Item[] => {
  const flow = plainFlow(target)
  return [...missingFlow(target, person), ...(flow === undefined ? [] : badPasswords(target, person, flow))]
}
