import { type Route, routeIn } from './route.ts'

const route = routeIn('User management', 'user-pools/:poolId')

/** The pages of the section User management. */
export const userManagementRoutes: readonly Route[] = [
  route('users', 'table', 'Users', () => import('../pages/users-page.tsx'), 'UsersPage', {}),
  route('users/create', 'form', 'Create user', () => import('../pages/create-user-page.tsx'), 'CreateUserPage'),
  route('users/:username', 'details', ':username', () => import('../pages/user-page.tsx'), 'UserPage'),
  route('users/:username/edit', 'form', 'Edit', () => import('../pages/edit-user-page.tsx'), 'EditUserPage'),
  route('groups', 'table', 'Groups', () => import('../pages/groups-page.tsx'), 'GroupsPage', {}),
  route('groups/create', 'form', 'Create group', () => import('../pages/create-group-page.tsx'), 'CreateGroupPage'),
  route('groups/:groupName', 'details', ':groupName', () => import('../pages/group-page.tsx'), 'GroupPage'),
  route('groups/:groupName/edit', 'form', 'Edit', () => import('../pages/edit-group-page.tsx'), 'EditGroupPage'),
]
