import { confirmationMedium } from '../domain/account-recovery.ts'
import { confirmsByLink } from '../domain/messages.ts'
import { apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { mailboxItems } from './mailbox-item.ts'
import { type Person, ref } from './person.ts'
import { type PlannedUser, plannedUser, withProved } from './planned-user.ts'
import { newUserScript } from './scripts/new-user.ts'
import { type PostmanTarget, planningPool } from './target.ts'

/** Requests after which a user is there and may sign in. */
export interface NewUser {
  readonly items: Item[]
  readonly planned: PlannedUser
}

/** An administrator makes the user, with addresses that count as verified and a password for good; no message is sent. */
export const adminMadeUser = (target: PostmanTarget, person: Person): NewUser => {
  const planned = plannedUser(target, person, { verified: true })
  const known = { UserPoolId: '{{pool_id}}', Username: ref(person.name) }
  const user = { UserAttributes: planned.attributes, MessageAction: 'SUPPRESS' }
  const password = { Password: ref(person.password), Permanent: true }
  const items = [
    apiItem(target, 'AdminCreateUser', exampleInput('AdminCreateUser', known, user), { before: [newUserScript(person, planned.kind)] }),
    apiItem(target, 'AdminSetUserPassword', exampleInput('AdminSetUserPassword', known, password)),
  ]
  return { items, planned }
}

const signUp = (target: PostmanTarget, { person, kind, attributes }: PlannedUser): Item => {
  const proof = secretProof(target, person.name)
  const given = {
    ClientId: '{{client_id}}',
    ...proof.member,
    Username: ref(person.name),
    Password: ref(person.password),
    UserAttributes: attributes,
  }
  return apiItem(target, 'SignUp', exampleInput('SignUp', {}, given), {
    before: [newUserScript(person, kind), ...proof.before],
    keeps: { user_sub: 'UserSub' },
  })
}

/** J1: the user signs up, and confirms with the code that is sent; where none is sent an administrator confirms. */
const selfMadeUser = (target: PostmanTarget, person: Person): NewUser => {
  const planned = plannedUser(target, person)
  const pool = planningPool(target)
  const medium = confirmationMedium(pool, planned.user)
  const byLink = medium !== undefined && confirmsByLink(pool, 'SignUp', medium.medium)
  const first = signUp(target, planned)
  if (medium === undefined || byLink) {
    const known = { UserPoolId: '{{pool_id}}', Username: ref(person.name) }
    return { items: [first, apiItem(target, 'AdminConfirmSignUp', exampleInput('AdminConfirmSignUp', known))], planned }
  }
  const proof = secretProof(target, person.name)
  const given = { ClientId: '{{client_id}}', ...proof.member, Username: ref(person.name), ConfirmationCode: '{{code}}' }
  const confirm = apiItem(target, 'ConfirmSignUp', exampleInput('ConfirmSignUp', {}, given), { before: proof.before })
  const to = medium.attribute === 'email' ? person.email : person.phone
  return { items: [first, ...mailboxItems(target, { to }), confirm], planned: withProved(planned, medium.attribute) }
}

/** A new user: by sign-up, or made by an administrator where the pool leaves that to them. */
export const newUser = (target: PostmanTarget, person: Person): NewUser =>
  target.pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true ? adminMadeUser(target, person) : selfMadeUser(target, person)
