import { preferredRole, type RoleGroup } from './preferred-role.ts'

/** A group as tokens show it. */
export interface TokenGroup extends RoleGroup {
  readonly GroupName: string
}

/** What a user's groups come to in tokens, by the names that trigger events give it. */
export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[]
  readonly iamRolesToOverride: readonly string[]
  readonly preferredRole: string | null
}

/** The names, the roles and the preferred role of a user's groups (developer guide, "Adding groups to a user pool"). */
export const groupConfiguration = (groups: readonly TokenGroup[]): GroupConfiguration => ({
  groupsToOverride: groups.map(({ GroupName }) => GroupName),
  iamRolesToOverride: [...new Set(groups.flatMap(({ RoleArn }) => (RoleArn ? [RoleArn] : [])))],
  preferredRole: preferredRole(groups) ?? null,
})
