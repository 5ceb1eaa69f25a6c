import { type ComponentType, lazy } from 'react'
import { connection } from './api/connection.ts'
import type { Session } from './api/session.ts'
import type { PageProps } from './router/page-props.ts'

/** A page of the console. */
export interface Route {
  /** Below the console's own path; `:name` is a part that pages get. */
  readonly path: string
  readonly page: ComponentType<PageProps>
  /** How wide it is: lists as wide as the window, forms narrow. */
  readonly kind: 'table' | 'details' | 'form'
  /** Its breadcrumb: a text, or the name of a part of the address; `:poolId` shows the pool's name. */
  readonly crumb: string
  /** Its line in the side navigation: of the console, or of the pool when the path has `:poolId`. */
  readonly nav?: {
    readonly section: Section
    readonly text: string
    /** What the operator has to be shown it. */
    readonly needs?: keyof Session['may']
  }
}

/** The sections of the side navigation, in their order; the first has no title. */
export const sections = ['', 'Applications', 'User management', 'Authentication', 'Security', 'Branding', 'Tools'] as const

/** A section of the side navigation. */
export type Section = (typeof sections)[number]

/** A page's file, loaded when it is first shown; while the server is away, once it is back. */
const page = <M,>(load: () => Promise<M>, pick: (module: M) => ComponentType<PageProps>): ComponentType<PageProps> =>
  lazy(async () => {
    const module = await load().catch(async () => {
      connection.lost()
      await connection.back()
      return load()
    })
    return { default: pick(module) }
  })

/** Every page, one line each. A path's breadcrumbs are the routes of its beginnings. */
export const routes: readonly Route[] = [
  {
    path: 'user-pools',
    page: page(
      () => import('./pages/user-pools-page.tsx'),
      (m) => m.UserPoolsPage,
    ),
    kind: 'table',
    crumb: 'User pools',
    nav: { section: '', text: 'User pools' },
  },
  {
    path: 'user-pools/create',
    page: page(
      () => import('./pages/create-user-pool-page.tsx'),
      (m) => m.CreateUserPoolPage,
    ),
    kind: 'form',
    crumb: 'Create user pool',
  },
  {
    path: 'user-pools/:poolId',
    page: page(
      () => import('./pages/user-pool-page.tsx'),
      (m) => m.UserPoolPage,
    ),
    kind: 'details',
    crumb: ':poolId',
    nav: { section: '', text: 'Overview' },
  },
  {
    path: 'user-pools/:poolId/settings',
    page: page(
      () => import('./pages/pool-settings-page.tsx'),
      (m) => m.PoolSettingsPage,
    ),
    kind: 'details',
    crumb: 'Settings',
    nav: { section: '', text: 'Settings' },
  },
  {
    path: 'user-pools/:poolId/settings/:setting',
    page: page(
      () => import('./pages/pool-settings-page.tsx'),
      (m) => m.EditPoolSettingPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/app-clients',
    page: page(
      () => import('./pages/app-clients-page.tsx'),
      (m) => m.AppClientsPage,
    ),
    kind: 'table',
    crumb: 'App clients',
    nav: { section: 'Applications', text: 'App clients' },
  },
  {
    path: 'user-pools/:poolId/app-clients/create',
    page: page(
      () => import('./pages/create-app-client-page.tsx'),
      (m) => m.CreateAppClientPage,
    ),
    kind: 'form',
    crumb: 'Create app client',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId',
    page: page(
      () => import('./pages/app-client-page.tsx'),
      (m) => m.AppClientPage,
    ),
    kind: 'details',
    crumb: ':clientId',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/edit',
    page: page(
      () => import('./pages/edit-app-client-page.tsx'),
      (m) => m.EditAppClientPage,
    ),
    kind: 'form',
    crumb: 'Edit',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/login-pages',
    page: page(
      () => import('./pages/edit-login-pages-page.tsx'),
      (m) => m.EditLoginPagesPage,
    ),
    kind: 'form',
    crumb: 'Login pages',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/attribute-permissions',
    page: page(
      () => import('./pages/edit-attribute-permissions-page.tsx'),
      (m) => m.EditAttributePermissionsPage,
    ),
    kind: 'form',
    crumb: 'Attribute permissions',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/threat-protection',
    page: page(
      () => import('./pages/client-threat-protection-page.tsx'),
      (m) => m.ClientThreatProtectionPage,
    ),
    kind: 'details',
    crumb: 'Threat protection',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/threat-protection/:setting',
    page: page(
      () => import('./pages/client-threat-protection-page.tsx'),
      (m) => m.EditClientThreatProtectionPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/app-clients/:clientId/session',
    page: page(
      () => import('./pages/client-session-page.tsx'),
      (m) => m.ClientSessionPage,
    ),
    kind: 'form',
    crumb: 'Single sign-on session',
  },
  {
    path: 'user-pools/:poolId/resource-servers',
    page: page(
      () => import('./pages/resource-servers-page.tsx'),
      (m) => m.ResourceServersPage,
    ),
    kind: 'table',
    crumb: 'Resource servers',
    nav: { section: 'Applications', text: 'Resource servers' },
  },
  {
    path: 'user-pools/:poolId/resource-servers/create',
    page: page(
      () => import('./pages/create-resource-server-page.tsx'),
      (m) => m.CreateResourceServerPage,
    ),
    kind: 'form',
    crumb: 'Create resource server',
  },
  {
    path: 'user-pools/:poolId/resource-servers/:identifier',
    page: page(
      () => import('./pages/resource-server-page.tsx'),
      (m) => m.ResourceServerPage,
    ),
    kind: 'form',
    crumb: ':identifier',
  },
  {
    path: 'user-pools/:poolId/users',
    page: page(
      () => import('./pages/users-page.tsx'),
      (m) => m.UsersPage,
    ),
    kind: 'table',
    crumb: 'Users',
    nav: { section: 'User management', text: 'Users' },
  },
  {
    path: 'user-pools/:poolId/users/create',
    page: page(
      () => import('./pages/create-user-page.tsx'),
      (m) => m.CreateUserPage,
    ),
    kind: 'form',
    crumb: 'Create user',
  },
  {
    path: 'user-pools/:poolId/users/:username',
    page: page(
      () => import('./pages/user-page.tsx'),
      (m) => m.UserPage,
    ),
    kind: 'details',
    crumb: ':username',
  },
  {
    path: 'user-pools/:poolId/users/:username/edit',
    page: page(
      () => import('./pages/edit-user-page.tsx'),
      (m) => m.EditUserPage,
    ),
    kind: 'form',
    crumb: 'Edit',
  },
  {
    path: 'user-pools/:poolId/groups',
    page: page(
      () => import('./pages/groups-page.tsx'),
      (m) => m.GroupsPage,
    ),
    kind: 'table',
    crumb: 'Groups',
    nav: { section: 'User management', text: 'Groups' },
  },
  {
    path: 'user-pools/:poolId/groups/create',
    page: page(
      () => import('./pages/create-group-page.tsx'),
      (m) => m.CreateGroupPage,
    ),
    kind: 'form',
    crumb: 'Create group',
  },
  {
    path: 'user-pools/:poolId/groups/:groupName',
    page: page(
      () => import('./pages/group-page.tsx'),
      (m) => m.GroupPage,
    ),
    kind: 'details',
    crumb: ':groupName',
  },
  {
    path: 'user-pools/:poolId/groups/:groupName/edit',
    page: page(
      () => import('./pages/edit-group-page.tsx'),
      (m) => m.EditGroupPage,
    ),
    kind: 'form',
    crumb: 'Edit',
  },
  {
    path: 'user-pools/:poolId/sign-in-tester',
    page: page(
      () => import('./pages/sign-in-tester-page.tsx'),
      (m) => m.SignInTesterPage,
    ),
    kind: 'details',
    crumb: 'Sign-in tester',
    nav: { section: 'Tools', text: 'Sign-in tester' },
  },
  {
    path: 'dashboard',
    page: page(
      () => import('./pages/dashboard-page.tsx'),
      (m) => m.DashboardPage,
    ),
    kind: 'details',
    crumb: 'Dashboard',
    nav: { section: 'Tools', text: 'Dashboard', needs: 'metrics' },
  },
  {
    path: 'mailbox',
    page: page(
      () => import('./pages/mailbox-page.tsx'),
      (m) => m.MailboxPage,
    ),
    kind: 'details',
    crumb: 'Mailbox',
    nav: { section: 'Tools', text: 'Mailbox', needs: 'mailbox' },
  },
  {
    path: 'operators',
    page: page(
      () => import('./pages/operators-page.tsx'),
      (m) => m.OperatorsPage,
    ),
    kind: 'table',
    crumb: 'Operators',
    nav: { section: '', text: 'Operators', needs: 'operators' },
  },
  {
    path: 'operators/create',
    page: page(
      () => import('./pages/create-operator-page.tsx'),
      (m) => m.CreateOperatorPage,
    ),
    kind: 'form',
    crumb: 'Create operator',
  },
  {
    path: 'account',
    page: page(
      () => import('./pages/account-page.tsx'),
      (m) => m.AccountPage,
    ),
    kind: 'details',
    crumb: 'My account',
  },
  {
    path: 'token-decoder',
    page: page(
      () => import('./pages/token-decoder-page.tsx'),
      (m) => m.TokenDecoderPage,
    ),
    kind: 'details',
    crumb: 'Token decoder',
    nav: { section: 'Tools', text: 'Token decoder' },
  },
  {
    path: 'user-pools/:poolId/authentication-methods',
    page: page(
      () => import('./pages/authentication-methods-page.tsx'),
      (m) => m.AuthenticationMethodsPage,
    ),
    kind: 'details',
    crumb: 'Authentication methods',
    nav: { section: 'Authentication', text: 'Authentication methods' },
  },
  {
    path: 'user-pools/:poolId/authentication-methods/:setting',
    page: page(
      () => import('./pages/authentication-methods-page.tsx'),
      (m) => m.EditAuthenticationMethodPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/sign-in',
    page: page(
      () => import('./pages/sign-in-page.tsx'),
      (m) => m.SignInPage,
    ),
    kind: 'details',
    crumb: 'Sign-in',
    nav: { section: 'Authentication', text: 'Sign-in' },
  },
  {
    path: 'user-pools/:poolId/sign-in/:setting',
    page: page(
      () => import('./pages/sign-in-page.tsx'),
      (m) => m.EditSignInPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/sign-up',
    page: page(
      () => import('./pages/sign-up-page.tsx'),
      (m) => m.SignUpPage,
    ),
    kind: 'details',
    crumb: 'Sign-up',
    nav: { section: 'Authentication', text: 'Sign-up' },
  },
  {
    path: 'user-pools/:poolId/sign-up/:setting',
    page: page(
      () => import('./pages/sign-up-page.tsx'),
      (m) => m.EditSignUpPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/sign-up/custom-attributes/create',
    page: page(
      () => import('./pages/add-custom-attribute-page.tsx'),
      (m) => m.AddCustomAttributePage,
    ),
    kind: 'form',
    crumb: 'Add custom attribute',
  },
  {
    path: 'user-pools/:poolId/message-templates',
    page: page(
      () => import('./pages/message-templates-page.tsx'),
      (m) => m.MessageTemplatesPage,
    ),
    kind: 'details',
    crumb: 'Message templates',
    nav: { section: 'Branding', text: 'Message templates' },
  },
  {
    path: 'user-pools/:poolId/message-templates/:setting',
    page: page(
      () => import('./pages/message-templates-page.tsx'),
      (m) => m.EditMessageTemplatePage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/threat-protection',
    page: page(
      () => import('./pages/threat-protection-page.tsx'),
      (m) => m.ThreatProtectionPage,
    ),
    kind: 'details',
    crumb: 'Threat protection',
    nav: { section: 'Security', text: 'Threat protection' },
  },
  {
    path: 'user-pools/:poolId/threat-protection/:setting',
    page: page(
      () => import('./pages/threat-protection-page.tsx'),
      (m) => m.EditThreatProtectionPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/sessions',
    page: page(
      () => import('./pages/sessions-settings-page.tsx'),
      (m) => m.SessionsSettingsPage,
    ),
    kind: 'details',
    crumb: 'Sessions',
    nav: { section: 'Security', text: 'Sessions' },
  },
  {
    path: 'user-pools/:poolId/sessions/edit',
    page: page(
      () => import('./pages/sessions-settings-page.tsx'),
      (m) => m.EditSessionsSettingsPage,
    ),
    kind: 'form',
    crumb: 'Edit',
  },
  {
    path: 'user-pools/:poolId/tokens-and-registration',
    page: page(
      () => import('./pages/tokens-and-registration-page.tsx'),
      (m) => m.TokensAndRegistrationPage,
    ),
    kind: 'details',
    crumb: 'Tokens and registration',
    nav: { section: 'Security', text: 'Tokens and registration' },
  },
  {
    path: 'user-pools/:poolId/tokens-and-registration/:setting',
    page: page(
      () => import('./pages/tokens-and-registration-page.tsx'),
      (m) => m.EditTokensAndRegistrationPage,
    ),
    kind: 'form',
    crumb: ':setting',
  },
  {
    path: 'user-pools/:poolId/audit-trail',
    page: page(
      () => import('./pages/audit-trail-page.tsx'),
      (m) => m.AuditTrailPage,
    ),
    kind: 'table',
    crumb: 'Audit trail',
    nav: { section: 'Security', text: 'Audit trail' },
  },
  {
    path: 'user-pools/:poolId/signing-keys',
    page: page(
      () => import('./pages/signing-keys-page.tsx'),
      (m) => m.SigningKeysPage,
    ),
    kind: 'table',
    crumb: 'Signing keys',
    nav: { section: 'Security', text: 'Signing keys' },
  },
  {
    path: 'user-pools/:poolId/triggers',
    page: page(
      () => import('./pages/triggers-page.tsx'),
      (m) => m.TriggersPage,
    ),
    kind: 'table',
    crumb: 'Lambda triggers',
    nav: { section: 'Authentication', text: 'Lambda triggers' },
  },
  {
    path: 'user-pools/:poolId/triggers/create',
    page: page(
      () => import('./pages/trigger-page.tsx'),
      (m) => m.TriggerPage,
    ),
    kind: 'form',
    crumb: 'Add Lambda trigger',
  },
  {
    path: 'user-pools/:poolId/triggers/:trigger',
    page: page(
      () => import('./pages/trigger-page.tsx'),
      (m) => m.TriggerPage,
    ),
    kind: 'form',
    crumb: ':trigger',
  },
  {
    path: 'user-pools/:poolId/domain',
    page: page(
      () => import('./pages/domain-page.tsx'),
      (m) => m.DomainPage,
    ),
    kind: 'details',
    crumb: 'Domain',
    nav: { section: 'Branding', text: 'Domain' },
  },
  {
    path: 'user-pools/:poolId/domain/create',
    page: page(
      () => import('./pages/create-domain-page.tsx'),
      (m) => m.CreateDomainPage,
    ),
    kind: 'form',
    crumb: 'Create domain',
  },
  {
    path: 'user-pools/:poolId/managed-login',
    page: page(
      () => import('./pages/managed-login-page.tsx'),
      (m) => m.ManagedLoginPage,
    ),
    kind: 'table',
    crumb: 'Managed login',
    nav: { section: 'Branding', text: 'Managed login' },
  },
  {
    path: 'user-pools/:poolId/managed-login/:clientId',
    page: page(
      () => import('./pages/managed-login-style-page.tsx'),
      (m) => m.ManagedLoginStylePage,
    ),
    kind: 'table',
    crumb: ':clientId',
  },
  {
    path: 'user-pools/:poolId/hosted-ui',
    page: page(
      () => import('./pages/classic-branding-page.tsx'),
      (m) => m.ClassicBrandingPage,
    ),
    kind: 'details',
    crumb: 'Hosted UI customization',
    nav: { section: 'Branding', text: 'Hosted UI customization' },
  },
  {
    path: 'user-pools/:poolId/terms',
    page: page(
      () => import('./pages/terms-page.tsx'),
      (m) => m.TermsPage,
    ),
    kind: 'table',
    crumb: 'Terms documents',
    nav: { section: 'Branding', text: 'Terms documents' },
  },
  {
    path: 'user-pools/:poolId/terms/create',
    page: page(
      () => import('./pages/create-terms-page.tsx'),
      (m) => m.CreateTermsPage,
    ),
    kind: 'form',
    crumb: 'Create terms document',
  },
  {
    path: 'user-pools/:poolId/terms/:termsId',
    page: page(
      () => import('./pages/edit-terms-page.tsx'),
      (m) => m.EditTermsPage,
    ),
    kind: 'form',
    crumb: ':termsId',
  },
]
