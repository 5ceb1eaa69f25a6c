import type { Harness } from './harness.ts'

/** Attributes as requests carry them. */
export const listed = (attributes: Readonly<Record<string, string>>): { Name: string; Value: string }[] =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))

/** Attributes as answers carry them, by name and without `sub`. */
export const byName = (list: readonly { Name: string; Value: string }[]): Record<string, string> =>
  Object.fromEntries(list.filter(({ Name }) => Name !== 'sub').map(({ Name, Value }) => [Name, Value]))

/** A user's attributes and status as an administrator sees them. */
export const userOf = async (
  server: Harness,
  { UserPoolId }: { readonly UserPoolId: string },
  Username: string,
): Promise<{ username: string; status: string; enabled: boolean; attributes: Record<string, string> }> => {
  const user = await server.ok('AdminGetUser', { UserPoolId, Username })
  return { username: user.Username, status: user.UserStatus, enabled: user.Enabled, attributes: byName(user.UserAttributes) }
}
