import { type ComponentType, lazy } from 'react'
import { connection } from '../api/connection.ts'
import type { Session } from '../api/session.ts'
import type { PageProps } from '../router/page-props.ts'

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
  readonly nav?: NavLine & { readonly section: Section; readonly text: string }
}

/** What a page's line in the side navigation says beyond its breadcrumb. */
export interface NavLine {
  /** Where it isn't the breadcrumb. */
  readonly text?: string
  /** What the operator has to be shown it. */
  readonly needs?: keyof Session['may']
}

/** The sections of the side navigation, in their order; the first has no title. */
export const sections = ['', 'Applications', 'User management', 'Authentication', 'Security', 'Branding', 'Tools'] as const

/** A section of the side navigation. */
export type Section = (typeof sections)[number]

/** A page's file, loaded when it is first shown; while the server is away, once it is back. */
const page = <N extends string>(load: () => Promise<Record<N, ComponentType<PageProps>>>, name: N): ComponentType<PageProps> =>
  lazy(async (): Promise<{ default: ComponentType<PageProps> }> => {
    const module = await load().catch(async () => {
      connection.lost()
      await connection.back()
      return load()
    })
    return { default: module[name] }
  })

/**
 * Writes the routes of a section, with paths below `base`: path, width, breadcrumb, the page's file and its name in there; `nav` puts the
 * page into the side navigation, `{}` under its breadcrumb.
 */
export const routeIn =
  (section: Section, base = '') =>
  <N extends string>(
    path: string,
    kind: Route['kind'],
    crumb: string,
    load: () => Promise<Record<N, ComponentType<PageProps>>>,
    name: N,
    nav?: NavLine,
  ): Route => ({
    path: [base, path].filter((part) => part !== '').join('/'),
    page: page(load, name),
    kind,
    crumb,
    ...(nav !== undefined && { nav: { text: crumb, ...nav, section } }),
  })
