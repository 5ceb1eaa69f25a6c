import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import type { Session } from '../api/session.ts'
import { follow } from '../router/location.ts'
import { hrefOf, type Params } from '../router/path.ts'
import { type Route, sections } from '../routes/route.ts'
import { routes } from '../routes.ts'
import { usePool } from './pool.tsx'
import { useSession } from './session-gate.tsx'

const itemsOf = (own: readonly Route[], params: Params, may: Session['may']): SideNavigationProps.Item[] =>
  sections.flatMap((section): SideNavigationProps.Item[] => {
    const links = own.flatMap(({ path, nav }) =>
      nav?.section === section && (nav.needs === undefined || may[nav.needs])
        ? [{ type: 'link' as const, text: nav.text, href: hrefOf(path, params) }]
        : [],
    )
    if (links.length === 0 || section === '') return links
    return [{ type: 'section', text: section, items: links }]
  })

/** The side navigation: the pages of the pool that is shown, or those of the console. */
export const SideBar = ({ params, route }: { readonly params: Params; readonly route: Route | undefined }) => {
  const pool = usePool()
  const { may } = useSession()
  const { poolId } = params
  const own = routes.filter(({ path }) => path.includes(':poolId') === (poolId !== undefined))
  const active = own.find(
    ({ path, nav }) => nav !== undefined && route !== undefined && `${route.path}/`.startsWith(`${path}/`) && path.split('/').length > 2,
  )
  const shown = active ?? own.find(({ path }) => route?.path === path)
  return (
    <SideNavigation
      header={
        poolId === undefined
          ? { text: 'Poolhouse', href: hrefOf('user-pools') }
          : { text: pool?.value?.Name ?? poolId, href: hrefOf('user-pools/:poolId', params) }
      }
      activeHref={shown === undefined ? '' : hrefOf(shown.path, params)}
      items={
        poolId === undefined
          ? itemsOf(own, params, may)
          : [{ type: 'link', text: 'All user pools', href: hrefOf('user-pools') }, { type: 'divider' }, ...itemsOf(own, params, may)]
      }
      onFollow={follow}
    />
  )
}
