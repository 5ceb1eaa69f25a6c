import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import { hrefOf } from '../router/path.ts'
import { usePageHead } from '../shell/help.tsx'
import { ConsoleLink } from './console-link.tsx'

/** What an address shows that no page has, or that names `what` there isn't; `children` say more. */
export const NotFound = ({ what = 'page', children }: { readonly what?: string; readonly children?: ReactNode }) => {
  const title = `There is no such ${what}`
  usePageHead(title, undefined)
  return (
    <Box textAlign="center" padding="xxl">
      <Box variant="h1">{title}</Box>
      {children !== undefined && (
        <div className="wrapped">
          <Box variant="p">{children}</Box>
        </div>
      )}
      <Box variant="p">
        Begin with the <ConsoleLink href={hrefOf('user-pools')}>user pools</ConsoleLink>.
      </Box>
    </Box>
  )
}
