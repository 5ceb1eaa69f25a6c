import { type Route, routeIn } from './route.ts'

const ofPool = routeIn('Tools', 'user-pools/:poolId')
const ofConsole = routeIn('Tools')

/** The pages of the section Tools. */
export const toolsRoutes: readonly Route[] = [
  ofPool('sign-in-tester', 'details', 'Sign-in tester', () => import('../pages/sign-in-tester-page.tsx'), 'SignInTesterPage', {}),
  ofConsole('dashboard', 'details', 'Dashboard', () => import('../pages/dashboard-page.tsx'), 'DashboardPage', { needs: 'metrics' }),
  ofConsole('mailbox', 'details', 'Mailbox', () => import('../pages/mailbox-page.tsx'), 'MailboxPage', { needs: 'mailbox' }),
  ofConsole('token-decoder', 'details', 'Token decoder', () => import('../pages/token-decoder-page.tsx'), 'TokenDecoderPage', {}),
]
