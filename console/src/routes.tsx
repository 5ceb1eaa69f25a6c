import { type ComponentType, lazy } from 'react'
import { connection } from './api/connection.ts'
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
  readonly nav?: { readonly section: Section; readonly text: string }
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
    path: 'user-pools/:poolId/app-clients/:clientId',
    page: page(
      () => import('./pages/app-client-page.tsx'),
      (m) => m.AppClientPage,
    ),
    kind: 'details',
    crumb: ':clientId',
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
]
