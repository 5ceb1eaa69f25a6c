/** What of a group decides about roles; Precedence counts from 0, the lowest wins. */
export interface RoleGroup {
  readonly GroupName?: string | undefined
  readonly RoleArn?: string | undefined
  readonly Precedence?: number | undefined
}

/**
 * The role of the user's most important group; none when groups of equal precedence have different ones (developer guide,
 * "Assigning precedence values to groups"). guess: groups without a role are passed over when the preferred role is chosen.
 */
export const preferredRole = (groups: readonly RoleGroup[]): string | undefined => {
  const rank = ({ Precedence }: RoleGroup) => Precedence ?? Number.POSITIVE_INFINITY
  const withRole = groups.filter(({ RoleArn }) => RoleArn)
  const best = Math.min(...withRole.map(rank))
  const roles = new Set(withRole.filter((group) => rank(group) === best).map(({ RoleArn }) => RoleArn))
  return roles.size === 1 ? [...roles][0] : undefined
}
