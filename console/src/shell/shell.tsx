import AppLayout from '@cloudscape-design/components/app-layout'
import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'
import { Suspense, useEffect, useRef, useState } from 'react'
import { NotFound } from '../components/not-found.tsx'
import { navigate, useLocation } from '../router/location.ts'
import { hrefOf, pathBelow } from '../router/path.ts'
import { Crumbs } from './crumbs.tsx'
import { findRoute } from './find-route.ts'
import { Notifications, useFlashes } from './flashes.tsx'
import { HelpContent, useOpenHelp, usePageState } from './help.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { isPoolId, missingPool, PoolProvider, usePool } from './pool.tsx'
import { useSession } from './session-gate.tsx'
import { SideBar } from './side-bar.tsx'
import { SignInDialog } from './sign-in-dialog.tsx'
import { TopBar } from './top-bar.tsx'
import { UnsavedDialog } from './unsaved.tsx'

const contentTypes = { table: 'table', details: 'default', form: 'form' } as const

const Frame = ({ path }: { readonly path: string }) => {
  const found = findRoute(path)
  const { help, isHelpOpen } = usePageState()
  const openHelp = useOpenHelp()
  // Beside the page where there is room for both, on forms too.
  const [isNavigationOpen, setNavigationOpen] = useState(() => matchMedia('(min-width: 689px)').matches)
  const { poolId } = found?.params ?? {}
  const missing = missingPool(usePool())
  const hasNoPool = missing !== undefined || (poolId !== undefined && !isPoolId(poolId))
  // What belongs to a user pool has nothing to lead to without one.
  const params = hasNoPool ? {} : (found?.params ?? {})
  const route = hasNoPool ? undefined : found?.route
  const Page = route?.page
  return (
    <>
      <TopBar params={params} path={path} />
      <AppLayout
        headerSelector="#top"
        contentType={contentTypes[route?.kind ?? 'details']}
        navigation={<SideBar params={params} route={route} />}
        navigationOpen={isNavigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        breadcrumbs={<Crumbs params={params} route={route} />}
        notifications={<Notifications />}
        stickyNotifications
        tools={<HelpContent />}
        toolsHide={help === undefined}
        toolsOpen={isHelpOpen}
        onToolsChange={({ detail }) => openHelp(detail.open)}
        content={
          <PageBoundary key={path}>
            <Suspense
              fallback={
                <Box textAlign="center" padding="xxl">
                  <Spinner size="large" />
                </Box>
              }
            >
              {hasNoPool ? (
                <NotFound what="user pool">{missing}</NotFound>
              ) : Page === undefined ? (
                <NotFound />
              ) : (
                <Page key={path} params={params} />
              )}
            </Suspense>
          </PageBoundary>
        }
      />
      <UnsavedDialog />
    </>
  )
}

/** Everything around a page, and the page that the address names. */
export const Shell = () => {
  const path = pathBelow(useLocation().pathname)
  useEffect(() => {
    if (path === '') void navigate(hrefOf('user-pools'), { replace: true })
  }, [path])
  const poolId = findRoute(path)?.params['poolId']
  const { mode, operator } = useSession()
  const flashes = useFlashes()
  const shown = useRef(operator)
  useEffect(() => {
    if (shown.current !== operator)
      flashes.warn(
        `You are signed in as ${operator} now, not as ${shown.current}. The page was loaded again, and what ${shown.current} had asked for last was not done.`,
      )
    shown.current = operator
  }, [operator, flashes])
  return (
    <>
      {/* Nothing that was loaded for one operator stays for another. */}
      <PoolProvider key={operator} poolId={poolId}>
        <Frame path={path} />
      </PoolProvider>
      {mode === 'serve' && <SignInDialog />}
    </>
  )
}
