import { type Route, routeIn } from './route.ts'

const route = routeIn('Authentication', 'user-pools/:poolId')

/** The pages of the section Authentication. */
export const authenticationRoutes: readonly Route[] = [
  route(
    'authentication-methods',
    'details',
    'Authentication methods',
    () => import('../pages/authentication-methods-page.tsx'),
    'AuthenticationMethodsPage',
    {},
  ),
  route(
    'authentication-methods/:setting',
    'form',
    ':setting',
    () => import('../pages/authentication-methods-page.tsx'),
    'EditAuthenticationMethodPage',
  ),
  route('sign-in', 'details', 'Sign-in', () => import('../pages/sign-in-page.tsx'), 'SignInPage', {}),
  route('sign-in/:setting', 'form', ':setting', () => import('../pages/sign-in-page.tsx'), 'EditSignInPage'),
  route('sign-up', 'details', 'Sign-up', () => import('../pages/sign-up-page.tsx'), 'SignUpPage', {}),
  route('sign-up/:setting', 'form', ':setting', () => import('../pages/sign-up-page.tsx'), 'EditSignUpPage'),
  route(
    'sign-up/custom-attributes/create',
    'form',
    'Add custom attribute',
    () => import('../pages/add-custom-attribute-page.tsx'),
    'AddCustomAttributePage',
  ),
  route('triggers', 'table', 'Lambda triggers', () => import('../pages/triggers-page.tsx'), 'TriggersPage', {}),
  route('triggers/create', 'form', 'Add Lambda trigger', () => import('../pages/trigger-page.tsx'), 'TriggerPage'),
  route('triggers/:trigger', 'form', ':trigger', () => import('../pages/trigger-page.tsx'), 'TriggerPage'),
]
