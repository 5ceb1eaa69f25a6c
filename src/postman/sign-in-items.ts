import { type AllowedFlow, allowedFlows } from '../domain/app-client-config.ts'
import { secondFactorStep } from '../domain/second-factor.ts'
import type { OperationName } from '../model/types.gen.ts'
import { type ApiItemOptions, apiItem } from './api-item.ts'
import { secretProof } from './auth-parameters.ts'
import type { Item } from './collection-format.ts'
import { exampleInput } from './example-input.ts'
import { ref } from './person.ts'
import type { PlannedUser } from './planned-user.ts'
import { srpAnswerScript, srpBeginScript } from './scripts/srp.ts'
import { type SecondFactorPlan, secondFactorItems } from './second-factor-items.ts'
import { type PostmanTarget, planningPool } from './target.ts'

/** The flows that need nothing but the password, the plainest first. */
export const passwordFlows = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH', 'ADMIN_USER_PASSWORD_AUTH'] as const

/** One of them. */
export type PasswordFlow = (typeof passwordFlows)[number]

/** Those that the app client allows. */
export const allowedPasswordFlows = ({ client }: Pick<PostmanTarget, 'client'>): PasswordFlow[] => {
  const allowed: ReadonlySet<AllowedFlow> = allowedFlows(client)
  return passwordFlows.filter((flow) => allowed.has(flow))
}

const titles: Readonly<Record<PasswordFlow, string>> = {
  USER_PASSWORD_AUTH: 'password',
  USER_SRP_AUTH: 'SRP',
  USER_AUTH: 'choice of the password',
  ADMIN_USER_PASSWORD_AUTH: 'password, by an administrator',
}

/** The variables that a sign-in's tokens go into. */
export const tokensOf = ({ pool }: Pick<PostmanTarget, 'pool'>): Readonly<Record<string, string>> => ({
  access_token: 'AuthenticationResult.AccessToken',
  id_token: 'AuthenticationResult.IdToken',
  refresh_token: 'AuthenticationResult.RefreshToken',
  ...(pool.DeviceConfiguration === undefined ? {} : { device_key: 'AuthenticationResult.NewDeviceMetadata.DeviceKey' }),
})

/** The last request of a sign-in gets tokens, every other a session for the next one. */
const outcome = (target: PostmanTarget, isLast: boolean): Readonly<Record<string, string>> =>
  isLast ? tokensOf(target) : { session: 'Session' }

interface SignIn {
  readonly target: PostmanTarget
  readonly planned: PlannedUser
  readonly endsHere: boolean
}

const begin = (
  { target, planned }: SignIn,
  flow: PasswordFlow,
  parameters: Readonly<Record<string, string>>,
  options: ApiItemOptions,
): Item => {
  const operation: OperationName = flow === 'ADMIN_USER_PASSWORD_AUTH' ? 'AdminInitiateAuth' : 'InitiateAuth'
  const proof = secretProof(target, planned.person.name)
  const AuthParameters = { USERNAME: ref(planned.person.name), ...parameters, ...proof.parameter }
  const known = { UserPoolId: '{{pool_id}}', ClientId: '{{client_id}}' }
  const input = exampleInput(operation, known, { AuthFlow: flow, AuthParameters })
  return apiItem(target, operation, input, { title: titles[flow], ...options, before: [...proof.before, ...(options.before ?? [])] })
}

const srpItems = (signIn: SignIn): Item[] => {
  const { target, planned, endsHere } = signIn
  const proof = secretProof(target, 'user_id_for_srp')
  const ChallengeResponses = {
    USERNAME: '{{user_id_for_srp}}',
    PASSWORD_CLAIM_SECRET_BLOCK: '{{srp_secret_block}}',
    PASSWORD_CLAIM_SIGNATURE: '{{srp_signature}}',
    TIMESTAMP: '{{srp_timestamp}}',
    ...proof.parameter,
  }
  const given = { ClientId: '{{client_id}}', ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses }
  const challenge = {
    srp_b: 'ChallengeParameters.SRP_B',
    srp_salt: 'ChallengeParameters.SALT',
    srp_secret_block: 'ChallengeParameters.SECRET_BLOCK',
    user_id_for_srp: 'ChallengeParameters.USER_ID_FOR_SRP',
  }
  return [
    begin(signIn, 'USER_SRP_AUTH', { SRP_A: '{{srp_a}}' }, { before: [srpBeginScript], keeps: challenge }),
    apiItem(target, 'RespondToAuthChallenge', exampleInput('RespondToAuthChallenge', {}, given), {
      title: 'PASSWORD_VERIFIER',
      before: [...proof.before, srpAnswerScript(planned.person.password, 'pool_id')],
      keeps: outcome(target, endsHere),
    }),
  ]
}

const firstFactorItems = (signIn: SignIn, flow: PasswordFlow): Item[] => {
  if (flow === 'USER_SRP_AUTH') return srpItems(signIn)
  const { target, planned, endsHere } = signIn
  const PASSWORD = ref(planned.person.password)
  const parameters = flow === 'USER_AUTH' ? { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD } : { PASSWORD }
  return [begin(signIn, flow, parameters, { keeps: outcome(target, endsHere) })]
}

/** A sign-in, and the user as it is after it: with the second factor that it had to set up. */
export interface SignInPlan {
  readonly items: Item[]
  readonly planned: PlannedUser
}

/**
 * A sign-in by password with every challenge that the pool asks this user, up to tokens in `access_token`, `id_token` and `refresh_token`.
 * Throws where the pool requires a second factor that the user can't have.
 */
export const signInItems = (target: PostmanTarget, planned: PlannedUser, flow: PasswordFlow): SignInPlan => {
  const step = secondFactorStep(planningPool(target), planned.user, { flow: 'password', proofs: ['pwd'] })
  if (step.kind === 'impossible' || step.kind === 'blocked') {
    throw new Error(`The user pool ${target.pool.Id} requires a second factor that a new user of it can't have.`)
  }
  const first = firstFactorItems({ target, planned, endsHere: step.kind === 'none' }, flow)
  if (step.kind === 'none') return { items: first, planned }
  const plan: SecondFactorPlan = { target, planned, isAdmin: flow === 'ADMIN_USER_PASSWORD_AUTH', tokens: tokensOf(target) }
  const second = secondFactorItems(plan, step)
  return { items: [...first, ...second.items], planned: second.planned }
}
