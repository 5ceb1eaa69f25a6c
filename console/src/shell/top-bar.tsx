import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation'
import { useState } from 'react'
import { signOut } from '../api/operator-session.ts'
import { pagesOf } from '../api/paged.ts'
import { chooseRegion, chosenRegion, knownRegions } from '../api/region.ts'
import type { Session } from '../api/session.ts'
import { useAction } from '../hooks/use-action.ts'
import { useLoad } from '../hooks/use-load.ts'
import { follow, navigate } from '../router/location.ts'
import { hrefOf, type Params } from '../router/path.ts'
import { chooseColours, colours } from './colours.ts'
import { usePool } from './pool.tsx'
import { RegionDialog } from './region-dialog.tsx'
import { useSession } from './session-gate.tsx'

const otherRegion = ' other'

const operatorMenu = ({ operator, may }: Session, leave: () => void): TopNavigationProps.Utility => ({
  type: 'menu-dropdown',
  text: operator,
  iconName: 'user-profile',
  ariaLabel: `${operator}: account and sign-out`,
  items: [
    { id: 'account', text: 'My account', href: hrefOf('account') },
    ...(may.operators ? [{ id: 'operators', text: 'Operators', href: hrefOf('operators') }] : []),
    { id: 'sign-out', text: 'Sign out' },
  ],
  onItemFollow: follow,
  onItemClick: ({ detail }) => {
    if (detail.id === 'sign-out') leave()
  },
})

/** The bar on top: region, user pool, light or dark, and who is signed in. */
export const TopBar = ({ params, path }: { readonly params: Params; readonly path: string }) => {
  const session = useSession()
  const pool = usePool()
  const [shade, setShade] = useState(colours())
  const [asksRegion, setAsksRegion] = useState(false)
  const { poolId } = params
  const region = poolId?.split('_', 1)[0] ?? chosenRegion() ?? session.defaultRegion
  const pools = useLoad((signal) => pagesOf('ListUserPools', {})(60, undefined, signal), `${region} ${poolId ?? path}`)

  const showRegion = (next: string) => {
    setAsksRegion(false)
    chooseRegion(next)
    // Everything that is shown belongs to the region.
    void navigate(hrefOf('user-pools')).then(() => location.reload())
  }
  const chooseColour = () => {
    const next = shade === 'dark' ? 'light' : 'dark'
    chooseColours(next)
    setShade(next)
  }
  const leave = useAction(
    async () => {
      // Whoever has typed something is asked first.
      if (!(await navigate(hrefOf('user-pools')))) return
      await signOut()
      // Nothing that was loaded stays in the page.
      location.reload()
    },
    { failed: 'You are not signed out' },
  )
  const regions = knownRegions(session.regions, session.defaultRegion)
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'menu-dropdown',
      text: pool?.value?.Name ?? 'User pools',
      ariaLabel: `${pool?.value?.Name ?? 'User pools'}: choose a user pool`,
      items: [
        ...(pools.value?.rows ?? []).map(({ Id = '', Name = '' }) => ({ id: Id, text: Name, description: Id })),
        { id: '', text: 'All user pools' },
      ],
      onItemClick: ({ detail }) =>
        void navigate(detail.id === '' ? hrefOf('user-pools') : hrefOf('user-pools/:poolId', { poolId: detail.id })),
    },
    {
      type: 'menu-dropdown',
      text: region,
      ariaLabel: `${region}: choose a region`,
      items: [
        ...regions.map((one) => ({ id: one, text: one })),
        ...(session.regions === undefined ? [{ id: otherRegion, text: 'Another region ...' }] : []),
      ],
      onItemClick: ({ detail }) => (detail.id === otherRegion ? setAsksRegion(true) : showRegion(detail.id)),
    },
    {
      type: 'button',
      text: shade === 'dark' ? 'Light' : 'Dark',
      ariaLabel: shade === 'dark' ? 'Light colours' : 'Dark colours',
      onClick: chooseColour,
    },
    ...(session.mode === 'dev' ? [] : [operatorMenu(session, () => void leave.run())]),
  ]
  return (
    <div id="top">
      <TopNavigation
        identity={{
          title: session.mode === 'dev' ? 'Poolhouse (development)' : 'Poolhouse',
          href: hrefOf('user-pools'),
          onFollow: (event) => {
            event.preventDefault()
            void navigate(hrefOf('user-pools'))
          },
        }}
        utilities={utilities}
      />
      {asksRegion && <RegionDialog onDismiss={() => setAsksRegion(false)} onChoose={showRegion} />}
    </div>
  )
}
