import {
  isMadeBy,
  longestMakerLine,
  mayResetOperator,
  mostOperators,
  type OperatorAccount,
  operatorName,
  operatorNameFault,
  operatorState,
} from '../domain/operator-account.ts'
import { answered, type EndpointReply, refused, type SignedInCall, textOf } from './endpoint.ts'
import { everyOperator } from './every-operator.ts'
import { inviteOperator } from './invite-operator.ts'
import { mayDo, type ServerAction } from './operator.ts'
import { operatorPolicyFault } from './operator-policy-fault.ts'
import type { OperatorServices } from './operator-services.ts'
import { operatorActor, operatorOf } from './operator-sessions.ts'
import { deleteAccount, resetAccount } from './replace-account.ts'

const denied = ({ account }: SignedInCall['signedIn'], action: ServerAction): EndpointReply | undefined =>
  mayDo(operatorOf(account), action)
    ? undefined
    : refused(403, 'AccessDeniedException', `${account.name} is not allowed to do this: poolhouse:${action} on * is missing.`)

/** GET /console/operators: everybody who may sign in, and which of them the caller made. */
export const listOperators =
  ({ store }: Pick<OperatorServices, 'store'>) =>
  async ({ signedIn }: SignedInCall): Promise<EndpointReply> => {
    const refusal = denied(signedIn, 'ListOperators')
    if (refusal !== undefined) return refusal
    const operators = (await everyOperator(store)).map((account) => ({
      name: account.name,
      state: operatorState(account),
      createdAt: account.createdAt,
      lastSignInAt: account.lastSignInAt,
      policy: JSON.parse(account.policy) as unknown,
      boundaries: account.boundaries.map((text) => JSON.parse(text) as unknown),
      isManageable: isMadeBy(account, signedIn.account),
    }))
    return answered({ operators })
  }

/** POST /console/operators: makes an operator who is bounded by everything that bounds the maker; answers the link for setting up. */
export const createOperator =
  (services: OperatorServices) =>
  async ({ signedIn, body, by }: SignedInCall): Promise<EndpointReply> => {
    const refusal = denied(signedIn, 'CreateOperator')
    if (refusal !== undefined) return refusal
    const maker = signedIn.account
    const name = operatorName(textOf(body, 'name'))
    const fault = operatorNameFault(name) ?? operatorPolicyFault(body['policy'])
    if (fault !== undefined) return refused(400, 'InvalidParameterException', fault)
    if (maker.madeBy.length >= longestMakerLine)
      return refused(400, 'LimitExceededException', 'So many operators made each other that the command line has to make the next one.')
    const made = await inviteOperator(services, by(operatorActor(maker.name)), { name, policy: body['policy'], maker })
    if ('refused' in made)
      return made.refused === 'name taken'
        ? refused(409, 'ConflictException', `There is an operator ${name} already.`)
        : refused(400, 'LimitExceededException', `A server has at most ${mostOperators} operators.`)
    services.log.info({ operator: name, by: maker.name }, 'an operator was made')
    return answered({ link: made.link, expiresAt: made.setUp.expiresAt })
  }

const notMade = (name: string) =>
  refused(404, 'ResourceNotFoundException', `You have made no operator ${name}, neither directly nor through others.`)

const changedSince = () =>
  refused(
    403,
    'AccessDeniedException',
    'What you may do has changed since this operator was made, so you might get more by it than you have. The command line can make a new link.',
  )

const made = async ({ store }: Pick<OperatorServices, 'store'>, { signedIn, body }: SignedInCall): Promise<OperatorAccount | undefined> => {
  const name = operatorName(textOf(body, 'name'))
  const account = operatorNameFault(name) === undefined ? await store.operators.byName(name) : undefined
  return account !== undefined && isMadeBy(account, signedIn.account) ? account : undefined
}

/** POST /console/operators/reset: takes password and authenticator off an operator whom the caller made; answers a new link. */
export const resetOperator =
  (services: OperatorServices) =>
  async (call: SignedInCall): Promise<EndpointReply> => {
    const refusal = denied(call.signedIn, 'ResetOperator')
    if (refusal !== undefined) return refusal
    const maker = call.signedIn.account
    const account = await made(services, call)
    if (account === undefined) return notMade(operatorName(textOf(call.body, 'name')))
    if (!mayResetOperator(account, maker)) return changedSince()
    const invited = await resetAccount(services, call.by(operatorActor(maker.name)), account)
    if (invited === undefined) return notMade(account.name)
    services.log.info({ operator: account.name, by: maker.name }, 'an operator was reset')
    return answered({ link: invited.link, expiresAt: invited.setUp.expiresAt })
  }

/** POST /console/operators/remove: deletes an operator whom the caller made; whom that one made stay as bounded as they were. */
export const removeOperator =
  (services: OperatorServices) =>
  async (call: SignedInCall): Promise<EndpointReply> => {
    const refusal = denied(call.signedIn, 'DeleteOperator')
    if (refusal !== undefined) return refusal
    const account = await made(services, call)
    if (account === undefined) return notMade(operatorName(textOf(call.body, 'name')))
    const maker = call.signedIn.account.name
    if (await deleteAccount(services.store, call.by(operatorActor(maker)), account))
      services.log.info({ operator: account.name, by: maker }, 'an operator was deleted')
    return answered({})
  }
