import { type Route, routeIn } from './route.ts'

const route = routeIn('')

/** The pages outside user pools that stand in no section. */
export const consoleRoutes: readonly Route[] = [
  route('user-pools', 'table', 'User pools', () => import('../pages/user-pools-page.tsx'), 'UserPoolsPage', {}),
  route('user-pools/create', 'form', 'Create user pool', () => import('../pages/create-user-pool-page.tsx'), 'CreateUserPoolPage'),
  route('operators', 'table', 'Operators', () => import('../pages/operators-page.tsx'), 'OperatorsPage', { needs: 'operators' }),
  route('operators/create', 'form', 'Create operator', () => import('../pages/create-operator-page.tsx'), 'CreateOperatorPage'),
  route('audit', 'table', 'Audit trail', () => import('../pages/server-audit-page.tsx'), 'ServerAuditPage', { needs: 'audit' }),
  route('account', 'details', 'My account', () => import('../pages/account-page.tsx'), 'AccountPage'),
]
