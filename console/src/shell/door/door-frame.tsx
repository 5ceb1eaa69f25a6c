import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useEffect } from 'react'
import { consoleUrl } from '../../api/console-url.ts'

/** What stands before the console: one card below the name of the server that it belongs to. */
export const DoorFrame = ({
  title,
  description,
  footer,
  children,
}: {
  readonly title: string
  readonly description?: string
  readonly footer?: ReactNode
  readonly children: ReactNode
}) => {
  useEffect(() => {
    document.title = `${title} - Poolhouse`
  }, [title])
  return (
    <main className="door">
      <div className="door-card">
        <SpaceBetween size="l">
          <div className="door-brand">
            <img src={consoleUrl('favicon.svg')} alt="" width="40" height="40" />
            <div>
              <Box variant="h2" tagOverride="p" padding="n">
                Poolhouse
              </Box>
              {/* Who types a password here should see where. */}
              <Box color="text-body-secondary" fontSize="body-s">
                {location.host}
              </Box>
            </div>
          </div>
          <Container
            header={
              <Header variant="h1" description={description}>
                {title}
              </Header>
            }
          >
            {children}
          </Container>
          {footer !== undefined && (
            <Box color="text-body-secondary" fontSize="body-s" textAlign="center">
              {footer}
            </Box>
          )}
        </SpaceBetween>
      </div>
    </main>
  )
}
