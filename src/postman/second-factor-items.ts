import { factorAttribute, type SecondFactorStep } from '../domain/second-factor.ts'
import type { MfaFactor } from '../domain/user.ts'
import { withFactor, withToken } from '../domain/user-mfa.ts'
import type { ChallengeNameType } from '../model/types.gen.ts'
import { type ApiItemOptions, apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { mailboxItems } from './mailbox-item.ts'
import { ref } from './person.ts'
import { type PlannedUser, withProved } from './planned-user.ts'
import { totpScript } from './scripts/totp.ts'
import type { PostmanTarget } from './target.ts'

/** A sign-in whose password was proved. */
export interface SecondFactorPlan {
  readonly target: PostmanTarget
  readonly planned: PlannedUser
  readonly isAdmin: boolean
  /** What the last answer is kept as. */
  readonly tokens: Readonly<Record<string, string>>
}

interface Outcome {
  readonly items: Item[]
  readonly planned: PlannedUser
}

const session = { session: 'Session' }

const respond = (
  { target, planned, isAdmin }: SecondFactorPlan,
  ChallengeName: ChallengeNameType,
  responses: Readonly<Record<string, string>>,
  options: ApiItemOptions,
): Item => {
  const operation = isAdmin ? 'AdminRespondToAuthChallenge' : 'RespondToAuthChallenge'
  const proof = secretProof(target, planned.person.name)
  const ChallengeResponses = { USERNAME: ref(planned.person.name), ...responses, ...proof.parameter }
  const known = { UserPoolId: '{{pool_id}}', ClientId: '{{client_id}}' }
  const input = exampleInput(operation, known, { ChallengeName, ChallengeResponses, Session: '{{session}}' })
  return apiItem(target, operation, input, { title: ChallengeName, ...options, before: [...proof.before, ...(options.before ?? [])] })
}

const addressOf = ({ person }: PlannedUser, factor: 'SMS_MFA' | 'EMAIL_OTP'): string => (factor === 'SMS_MFA' ? person.phone : person.email)

/** The code of a factor that was asked for, and tokens for it. */
const ask = (plan: SecondFactorPlan, factor: MfaFactor): Outcome => {
  const { target, planned, tokens: keeps } = plan
  if (factor === 'SOFTWARE_TOKEN_MFA') {
    const code = { SOFTWARE_TOKEN_MFA_CODE: '{{totp_code}}' }
    return { items: [respond(plan, factor, code, { before: [totpScript], keeps })], planned }
  }
  const mailbox = mailboxItems(target, { to: addressOf(planned, factor) })
  const items = [...mailbox, respond(plan, factor, { [`${factor}_CODE`]: '{{code}}' }, { keeps })]
  const address = factorAttribute[factor]
  return { items, planned: address === undefined ? planned : withProved(planned, address) }
}

/** Requests that make an authenticator app out of Postman: `session` goes on with the sign-in. */
const setUpToken = (plan: SecondFactorPlan): Outcome => {
  const { target, planned, tokens: keeps } = plan
  const input = { Session: '{{session}}' }
  const associate = apiItem(target, 'AssociateSoftwareToken', exampleInput('AssociateSoftwareToken', {}, input), {
    keeps: { totp_secret: 'SecretCode', ...session },
    tests: ["pm.environment.set('totp_step', '0')"],
  })
  const verify = apiItem(
    target,
    'VerifySoftwareToken',
    exampleInput('VerifySoftwareToken', {}, { ...input, UserCode: '{{totp_code}}', FriendlyDeviceName: 'Postman' }),
    { before: [totpScript], keeps: session, tests: ["pm.test('the code was right', () => pm.expect(body.Status).to.equal('SUCCESS'))"] },
  )
  const after = withFactor({ ...planned.user, mfa: withToken(planned.user, { sealedSecret: '' }) }, 'SOFTWARE_TOKEN_MFA')
  return {
    items: [associate, verify, respond(plan, 'MFA_SETUP', {}, { keeps })],
    planned: { ...planned, user: { ...planned.user, mfa: after } },
  }
}

const setUpEmail = (plan: SecondFactorPlan): Outcome => {
  const { planned } = plan
  const address = ref(planned.person.email)
  const asked = respond(plan, 'MFA_SETUP', { EMAIL: address }, { keeps: session })
  const user = { ...planned.user, attributes: { ...planned.user.attributes, email: address } }
  const answered = ask({ ...plan, planned: { ...planned, user } }, 'EMAIL_OTP')
  const mfa = withFactor(answered.planned.user, 'EMAIL_OTP')
  return { items: [asked, ...answered.items], planned: { ...answered.planned, user: { ...answered.planned.user, mfa } } }
}

/** What a sign-in still owes after the password, up to its tokens. Throws where only an administrator can help. */
export const secondFactorItems = (
  plan: SecondFactorPlan,
  step: Extract<SecondFactorStep, { kind: 'ask' | 'select' | 'set up' }>,
): Outcome => {
  if (step.kind === 'ask') return ask(plan, step.factor)
  if (step.kind === 'select') {
    const [factor = 'SOFTWARE_TOKEN_MFA'] = step.factors
    const chosen = respond(plan, 'SELECT_MFA_TYPE', { ANSWER: factor }, { keeps: session })
    const answered = ask(plan, factor)
    return { ...answered, items: [chosen, ...answered.items] }
  }
  if (step.factors.includes('SOFTWARE_TOKEN_MFA')) return setUpToken(plan)
  if (step.factors.includes('EMAIL_OTP')) return setUpEmail(plan)
  throw new Error(`The user pool ${plan.target.pool.Id} requires SMS codes, and no phone number can be given to a new user of it.`)
}
