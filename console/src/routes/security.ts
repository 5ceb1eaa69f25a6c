import { type Route, routeIn } from './route.ts'

const route = routeIn('Security', 'user-pools/:poolId')

/** The pages of the section Security. */
export const securityRoutes: readonly Route[] = [
  route(
    'threat-protection',
    'details',
    'Threat protection',
    () => import('../pages/threat-protection-page.tsx'),
    'ThreatProtectionPage',
    {},
  ),
  route('threat-protection/:setting', 'form', ':setting', () => import('../pages/threat-protection-page.tsx'), 'EditThreatProtectionPage'),
  route('sessions', 'details', 'Sessions', () => import('../pages/sessions-settings-page.tsx'), 'SessionsSettingsPage', {}),
  route('sessions/edit', 'form', 'Edit', () => import('../pages/sessions-settings-page.tsx'), 'EditSessionsSettingsPage'),
  route(
    'tokens-and-registration',
    'details',
    'Tokens and registration',
    () => import('../pages/tokens-and-registration-page.tsx'),
    'TokensAndRegistrationPage',
    {},
  ),
  route(
    'tokens-and-registration/:setting',
    'form',
    ':setting',
    () => import('../pages/tokens-and-registration-page.tsx'),
    'EditTokensAndRegistrationPage',
  ),
  route('audit-trail', 'table', 'Audit trail', () => import('../pages/audit-trail-page.tsx'), 'AuditTrailPage', {}),
  route('signing-keys', 'table', 'Signing keys', () => import('../pages/signing-keys-page.tsx'), 'SigningKeysPage', {}),
]
