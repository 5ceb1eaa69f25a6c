import { contextOf } from '../api/context-of.ts'
import type { Services } from '../context.ts'
import { CognitoError } from '../errors.ts'
import { operationNamed } from '../model/model.ts'
import type { Input, OperationName, Output } from '../model/types.gen.ts'
import { validateInput } from '../model/validate.ts'
import type { operations as operationTable } from '../operations/index.ts'
import type { Operation } from '../operations/operation.ts'

/** Calls an operation as the server's own operator: the input is validated like anybody's, no signature is needed. */
export type OperatorCall = <N extends OperationName>(region: string, operation: N, input: Input<N>) => Promise<Output<N>>

/** An operator's way to the operations, for seeding and the command line; refusals are thrown as CognitoError. */
export const createOperatorCall =
  (services: Services, operations: typeof operationTable): OperatorCall =>
  async (region, name, input) => {
    const model = operationNamed(name)
    const run = operations[name] as Operation<typeof name> | undefined
    if (model === undefined || run === undefined) throw new CognitoError('NotImplementedException', `${name} is not implemented yet.`)
    const checked = validateInput(model, JSON.parse(JSON.stringify(input)))
    if (checked.kind !== 'ok') throw new CognitoError('InvalidParameterException', checked.message)
    const requestId = services.random.uuid()
    const call = { requestId, operation: name, region, actor: 'operator', ip: undefined, mayChooseIds: true }
    return run(contextOf(services, call), checked.value as never)
  }
