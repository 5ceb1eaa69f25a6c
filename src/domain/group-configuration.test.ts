import { expect, it } from 'vitest'
import { groupConfiguration } from './group-configuration.ts'

it('lists names, each role once, and the role of the most important group', () => {
  expect(
    groupConfiguration([
      { GroupName: 'a', RoleArn: 'role-1', Precedence: 2 },
      { GroupName: 'b' },
      { GroupName: 'c', RoleArn: 'role-2', Precedence: 1 },
      { GroupName: 'd', RoleArn: 'role-1', Precedence: 3 },
    ]),
  ).toEqual({ groupsToOverride: ['a', 'b', 'c', 'd'], iamRolesToOverride: ['role-1', 'role-2'], preferredRole: 'role-2' })
})

it('is empty, and never absent, for a user of no group', () => {
  expect(groupConfiguration([])).toEqual({ groupsToOverride: [], iamRolesToOverride: [], preferredRole: null })
})
