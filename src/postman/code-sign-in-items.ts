import { configuredFactors } from '../domain/auth-factors.ts'
import { apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { mailboxItems } from './mailbox-item.ts'
import { ref } from './person.ts'
import type { PlannedUser } from './planned-user.ts'
import { tokensOf } from './sign-in-items.ts'
import { type PostmanTarget, planningClient, planningPool } from './target.ts'

const codes = [
  ['EMAIL_OTP', 'email'],
  ['SMS_OTP', 'phone'],
] as const

const provable = { hasPassword: true, hasPasskeys: false, codesToAnyAddress: false }

/** Sign-ins with a code in place of the password, by every medium by which the pool sends one to this user. */
export const codeSignInItems = (target: PostmanTarget, { person, user }: PlannedUser): Item[] => {
  const factors = configuredFactors(planningPool(target), planningClient(target), user, provable)
  const proof = secretProof(target, person.name)
  const name = { USERNAME: ref(person.name), ...proof.parameter }
  const known = { ClientId: '{{client_id}}' }
  return codes.flatMap(([factor, address]) => {
    if (!factors.includes(factor)) return []
    const asked = { AuthFlow: 'USER_AUTH', AuthParameters: { ...name, PREFERRED_CHALLENGE: factor } }
    const answer = { ChallengeName: factor, ChallengeResponses: { ...name, [`${factor}_CODE`]: '{{code}}' }, Session: '{{session}}' }
    return [
      apiItem(target, 'InitiateAuth', exampleInput('InitiateAuth', known, asked), {
        title: `choice of ${factor}`,
        before: proof.before,
        keeps: { session: 'Session' },
      }),
      ...mailboxItems(target, { to: person[address] }),
      apiItem(target, 'RespondToAuthChallenge', exampleInput('RespondToAuthChallenge', known, answer), {
        title: factor,
        before: proof.before,
        keeps: tokensOf(target),
      }),
    ]
  })
}
