import Box from '@cloudscape-design/components/box'
import { hrefOf } from '../router/path.ts'
import { ConsoleLink } from './console-link.tsx'

/** What an address shows that no page has. */
export const NotFound = () => (
  <Box textAlign="center" padding="xxl">
    <Box variant="h1">There is no such page</Box>
    <Box variant="p">
      Begin with the <ConsoleLink href={hrefOf('user-pools')}>user pools</ConsoleLink>.
    </Box>
  </Box>
)
