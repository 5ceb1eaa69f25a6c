import { listed } from './attributes.ts'
import type { Harness } from './harness.ts'

/** Fits the default policy. */
export const password = 'Correct-Horse-7'
/** The same, for users who must change it. */
export const temporaryPassword = 'Temporary-Horse-7'

/** Makes a user who must change a temporary password, and answers the `sub`. */
export const inviteUser = async (
  server: Harness,
  UserPoolId: string,
  Username: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { User } = await server.ok('AdminCreateUser', {
    UserPoolId,
    Username,
    TemporaryPassword: temporaryPassword,
    MessageAction: 'SUPPRESS',
    UserAttributes: listed(attributes),
  })
  return User.Attributes.find(({ Name }: { Name: string }) => Name === 'sub').Value
}

/** Makes a confirmed user with `password`, and answers the `sub`. */
export const makeUser = async (
  server: Harness,
  UserPoolId: string,
  Username: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const sub = await inviteUser(server, UserPoolId, Username, attributes)
  await server.ok('AdminSetUserPassword', { UserPoolId, Username, Password: password, Permanent: true })
  return sub
}
