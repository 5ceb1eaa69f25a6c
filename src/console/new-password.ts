import { argon2SaltSize, hashPassword } from '../crypto/argon2.ts'
import { operatorPasswordFault } from '../domain/operator-account.ts'
import type { ConsoleRequest } from './console-request.ts'
import { type EndpointReply, refused, waitFirst } from './endpoint.ts'
import type { OperatorServices } from './operator-services.ts'

/** The refusal of a password that an operator must not choose; undefined for a good one. */
export const refusedPassword = async (
  { compromisedPasswords }: Pick<OperatorServices, 'compromisedPasswords'>,
  password: string,
  name: string,
): Promise<EndpointReply | undefined> => {
  const fault =
    operatorPasswordFault(password, name) ??
    ((await compromisedPasswords.includes(password)) ? 'Others know this password too: it is in a list of leaked ones.' : undefined)
  return fault === undefined ? undefined : refused(400, 'InvalidPasswordException', fault)
}

/** The hash to store, or the refusal while too many are made. */
export const newPasswordHash = async (
  { random, hashing }: Pick<OperatorServices, 'random' | 'hashing'>,
  password: string,
  { remoteAddress }: Pick<ConsoleRequest, 'remoteAddress'>,
): Promise<string | { readonly refusal: EndpointReply }> => {
  const made = await hashing({ from: remoteAddress }, async () => ({ hash: await hashPassword(password, random.bytes(argon2SaltSize)) }))
  return made === 'busy' ? { refusal: waitFirst(5) } : made.hash
}
