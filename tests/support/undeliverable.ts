import type { Message } from '../../src/delivery/delivery.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callsThrough, type Harness } from './harness.ts'
import { redispatch } from './redispatch.ts'

/** Calls the same program as it is while messages of these media can't be delivered; answers `[type, message]`, or the body of a success. */
export const callUndelivered = async <N extends OperationName>(
  server: Harness,
  operation: N,
  input: Input<N>,
  failing: readonly Message['medium'][] = ['EMAIL', 'SMS'],
) => {
  const deliver = async (message: Message): Promise<void> => {
    if (failing.includes(message.medium)) throw new Error('the mail server refuses')
    await server.delivery.deliver(message)
  }
  const calls = callsThrough(redispatch(server, { delivery: { deliver, close: async () => {} } }))
  const { body } = await calls.call(operation, input)
  return body.__type === undefined ? body : [body.__type, body.message]
}
