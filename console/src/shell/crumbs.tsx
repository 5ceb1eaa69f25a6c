import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import { follow } from '../router/location.ts'
import { hrefOf, type Params } from '../router/path.ts'
import type { Route } from '../routes/route.ts'
import { routes } from '../routes.ts'
import { usePageState } from './help.tsx'
import { usePool } from './pool.tsx'

const textOf = ({ crumb }: Route, params: Params, poolName: string | undefined): string => {
  if (!crumb.startsWith(':')) return crumb
  return (crumb === ':poolId' ? poolName : undefined) ?? params[crumb.slice(1)] ?? ''
}

/** Where the shown page stands: itself and the pages of its address's beginnings. */
export const Crumbs = ({ params, route }: { readonly params: Params; readonly route: Route | undefined }) => {
  const pool = usePool()
  const trail = routes.filter(({ path }) => route !== undefined && `${route.path}/`.startsWith(`${path}/`))
  const { title } = usePageState()
  const items = trail
    .sort((a, b) => a.path.length - b.path.length)
    .map((one) => {
      const own = one === route && one.crumb.startsWith(':') ? title : undefined
      return { text: own ?? textOf(one, params, pool?.value?.Name), href: hrefOf(one.path, params) }
    })
  return <BreadcrumbGroup items={[{ text: 'Poolhouse', href: hrefOf('user-pools') }, ...items]} onFollow={follow} />
}
