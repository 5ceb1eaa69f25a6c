import { type Route, routeIn } from './route.ts'

const route = routeIn('', 'user-pools/:poolId')

/** The pages of a user pool that stand in no section. */
export const userPoolRoutes: readonly Route[] = [
  route('', 'details', ':poolId', () => import('../pages/user-pool-page.tsx'), 'UserPoolPage', { text: 'Overview' }),
  route('settings', 'details', 'Settings', () => import('../pages/pool-settings-page.tsx'), 'PoolSettingsPage', {}),
  route('settings/:setting', 'form', ':setting', () => import('../pages/pool-settings-page.tsx'), 'EditPoolSettingPage'),
]
