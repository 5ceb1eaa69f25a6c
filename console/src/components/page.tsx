import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { type Help, useOpenHelp, usePageHead, usePageState } from '../shell/help.tsx'

/** What every page shows on top. */
export interface PageHead {
  readonly title: string
  readonly description?: string
  /** A constant outside the component; opens from the Info link. */
  readonly help?: Help | undefined
}

/** The Info link that opens the help panel; nothing where there is no help. */
export const InfoLink = () => {
  const { help } = usePageState()
  const openHelp = useOpenHelp()
  return help === undefined ? null : (
    <Link variant="info" ariaLabel={`Info about ${help.title}`} onFollow={() => openHelp(true)}>
      Info
    </Link>
  )
}

/** A page that is not a list: its heading with actions, and its containers one below the other. */
export const Page = ({
  actions,
  onReload,
  children,
  ...head
}: PageHead & { readonly actions?: ReactNode; readonly onReload?: () => void; readonly children: ReactNode }) => {
  usePageHead(head.title, head.help)
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={head.description}
          info={<InfoLink />}
          actions={
            (actions !== undefined || onReload !== undefined) && (
              <SpaceBetween direction="horizontal" size="xs">
                {onReload && <Button iconName="refresh" ariaLabel="Refresh" onClick={onReload} />}
                {actions}
              </SpaceBetween>
            )
          }
        >
          {head.title}
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  )
}
