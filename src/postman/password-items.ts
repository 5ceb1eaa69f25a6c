import { recoveryMedium } from '../domain/account-recovery.ts'
import { apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { mailboxItems } from './mailbox-item.ts'
import { ref } from './person.ts'
import type { PlannedUser } from './planned-user.ts'
import { type PostmanTarget, planningPool } from './target.ts'

/** The holder of `access_token` changes the password. */
export const changePasswordItem = (target: PostmanTarget, { person }: PlannedUser): Item =>
  apiItem(
    target,
    'ChangePassword',
    exampleInput(
      'ChangePassword',
      { AccessToken: '{{access_token}}', ProposedPassword: '{{second_password}}' },
      { PreviousPassword: ref(person.password) },
    ),
    { tests: [`pm.environment.set('${person.password}', pm.variables.get('second_password'))`] },
  )

const kept = (person: PlannedUser['person']) => [`pm.environment.set('${person.password}', pm.variables.get('third_password'))`]

/** A forgotten password: by the code that is sent, or, where none can be, set by an administrator. */
export const forgottenPasswordItems = (target: PostmanTarget, planned: PlannedUser): Item[] => {
  const { person } = planned
  const medium = recoveryMedium(planningPool(target), planned.user)
  if ('fault' in medium) {
    const known = { UserPoolId: '{{pool_id}}', Username: ref(person.name), Password: '{{third_password}}' }
    const input = exampleInput('AdminSetUserPassword', known, { Permanent: true })
    return [apiItem(target, 'AdminSetUserPassword', input, { title: 'forgotten', tests: kept(person) })]
  }
  const proof = secretProof(target, person.name)
  const known = {
    ClientId: '{{client_id}}',
    Username: ref(person.name),
    ConfirmationCode: '{{code}}',
    Password: '{{third_password}}',
  }
  return [
    apiItem(target, 'ForgotPassword', exampleInput('ForgotPassword', known, proof.member), { before: proof.before }),
    ...mailboxItems(target, { to: medium.attribute === 'email' ? person.email : person.phone }),
    apiItem(target, 'ConfirmForgotPassword', exampleInput('ConfirmForgotPassword', known, proof.member), {
      before: proof.before,
      tests: kept(person),
    }),
  ]
}
