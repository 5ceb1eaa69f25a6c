import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const group = { GroupName: '{{practice_name}}' }

/** Operations on groups and their members. */
export const groupsFolder = ({ own }: ResourceCalls): Folder => ({
  name: 'Groups',
  item: [
    own('CreateGroup', { ...group, Description: 'Made by Postman', Precedence: 100 }),
    own('GetGroup', group),
    own('UpdateGroup', { ...group, Description: 'Changed by Postman', Precedence: 90 }),
    own('ListGroups', { Limit: 10 }),
    own('AdminAddUserToGroup', group),
    own('AdminListGroupsForUser'),
    own(
      'ListUsersInGroup',
      { ...group, Limit: 10 },
      { tests: ["pm.test('it has one member', () => pm.expect(body.Users).to.have.length(1))"] },
    ),
    own('AdminRemoveUserFromGroup', group),
    own('DeleteGroup', group),
  ],
})
