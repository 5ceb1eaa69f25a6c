import { listed } from './attributes.ts'
import type { Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'

/** Signs a user up with `password`, and answers what SignUp does. */
export const signUpUser = (
  server: Harness,
  { ClientId }: Pick<MadePool, 'ClientId'>,
  Username: string,
  attributes: Readonly<Record<string, string>> = {},
) => server.ok('SignUp', { ClientId, Username, Password: password, UserAttributes: listed(attributes) }, { unsigned: true })

/** The same, and confirms the user with the code that was sent to `destination`. */
export const signUpConfirmed = async (
  server: Harness,
  pool: Pick<MadePool, 'ClientId'>,
  Username: string,
  attributes: Readonly<Record<string, string>>,
  destination: string,
): Promise<void> => {
  await signUpUser(server, pool, Username, attributes)
  const ConfirmationCode = server.codeSentTo(destination)
  await server.ok('ConfirmSignUp', { ClientId: pool.ClientId, Username, ConfirmationCode }, { unsigned: true })
}
