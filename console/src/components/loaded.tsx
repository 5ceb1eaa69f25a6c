import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { Fragment, isValidElement, type ReactNode } from 'react'
import type { Loaded as Load } from '../hooks/use-load.ts'

/** The children of a fragment one by one, because a fragment counts as one where space is put between children. */
const flat = (node: ReactNode): ReactNode =>
  isValidElement<{ children?: ReactNode }>(node) && node.type === Fragment ? node.props.children : node

/** What was loaded; until then a spinner, and a refusal in the API's words with a button that tries again. */
export const Loaded = <T,>({ load, children }: { readonly load: Load<T>; readonly children: (value: NonNullable<T>) => ReactNode }) => {
  const { value, error, loading, reload } = load
  return (
    <SpaceBetween size="l">
      {error !== undefined && (
        <Alert type="error" header={error.code} action={<Button onClick={reload}>Try again</Button>}>
          {error.message}
        </Alert>
      )}
      {value !== undefined && value !== null && <SpaceBetween size="l">{flat(children(value))}</SpaceBetween>}
      {value === undefined && loading && (
        <Box textAlign="center" padding="l">
          <Spinner size="large" />
        </Box>
      )}
    </SpaceBetween>
  )
}
