import { type Route, routeIn } from './route.ts'

const route = routeIn('Applications', 'user-pools/:poolId')

/** The pages of the section Applications. */
export const applicationsRoutes: readonly Route[] = [
  route('app-clients', 'table', 'App clients', () => import('../pages/app-clients-page.tsx'), 'AppClientsPage', {}),
  route('app-clients/create', 'form', 'Create app client', () => import('../pages/create-app-client-page.tsx'), 'CreateAppClientPage'),
  route('app-clients/:clientId', 'details', ':clientId', () => import('../pages/app-client-page.tsx'), 'AppClientPage'),
  route('app-clients/:clientId/edit', 'form', 'Edit', () => import('../pages/edit-app-client-page.tsx'), 'EditAppClientPage'),
  route(
    'app-clients/:clientId/login-pages',
    'form',
    'Login pages',
    () => import('../pages/edit-login-pages-page.tsx'),
    'EditLoginPagesPage',
  ),
  route(
    'app-clients/:clientId/attribute-permissions',
    'form',
    'Attribute permissions',
    () => import('../pages/edit-attribute-permissions-page.tsx'),
    'EditAttributePermissionsPage',
  ),
  route(
    'app-clients/:clientId/threat-protection',
    'details',
    'Threat protection',
    () => import('../pages/client-threat-protection-page.tsx'),
    'ClientThreatProtectionPage',
  ),
  route(
    'app-clients/:clientId/threat-protection/:setting',
    'form',
    ':setting',
    () => import('../pages/client-threat-protection-page.tsx'),
    'EditClientThreatProtectionPage',
  ),
  route(
    'app-clients/:clientId/session',
    'form',
    'Single sign-on session',
    () => import('../pages/client-session-page.tsx'),
    'ClientSessionPage',
  ),
  route('resource-servers', 'table', 'Resource servers', () => import('../pages/resource-servers-page.tsx'), 'ResourceServersPage', {}),
  route(
    'resource-servers/create',
    'form',
    'Create resource server',
    () => import('../pages/create-resource-server-page.tsx'),
    'CreateResourceServerPage',
  ),
  route('resource-servers/:identifier', 'form', ':identifier', () => import('../pages/resource-server-page.tsx'), 'ResourceServerPage'),
]
