import { type Route, routeIn } from './route.ts'

const route = routeIn('Branding', 'user-pools/:poolId')

/** The pages of the section Branding. */
export const brandingRoutes: readonly Route[] = [
  route(
    'message-templates',
    'details',
    'Message templates',
    () => import('../pages/message-templates-page.tsx'),
    'MessageTemplatesPage',
    {},
  ),
  route('message-templates/:setting', 'form', ':setting', () => import('../pages/message-templates-page.tsx'), 'EditMessageTemplatePage'),
  route('domain', 'details', 'Domain', () => import('../pages/domain-page.tsx'), 'DomainPage', {}),
  route('domain/create', 'form', 'Create domain', () => import('../pages/create-domain-page.tsx'), 'CreateDomainPage'),
  route('managed-login', 'table', 'Managed login', () => import('../pages/managed-login-page.tsx'), 'ManagedLoginPage', {}),
  route('managed-login/:clientId', 'table', ':clientId', () => import('../pages/managed-login-style-page.tsx'), 'ManagedLoginStylePage'),
  route('hosted-ui', 'details', 'Hosted UI customization', () => import('../pages/classic-branding-page.tsx'), 'ClassicBrandingPage', {}),
  route('terms', 'table', 'Terms documents', () => import('../pages/terms-page.tsx'), 'TermsPage', {}),
  route('terms/create', 'form', 'Create terms document', () => import('../pages/create-terms-page.tsx'), 'CreateTermsPage'),
  route('terms/:termsId', 'form', ':termsId', () => import('../pages/edit-terms-page.tsx'), 'EditTermsPage'),
]
