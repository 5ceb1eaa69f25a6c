import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useAction } from '../hooks/use-action.ts'
import { Copyable } from './copyable.tsx'

/** A secret that is hidden until somebody asks for it; `load` gets it then and not before. */
export const Secret = ({ what, load }: { readonly what: string; readonly load: () => Promise<string | undefined> }) => {
  const [secret, setSecret] = useState<string>()
  const show = useAction(async () => setSecret(await load()), { failed: `The ${what} could not be shown` })
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {secret === undefined ? <span aria-hidden="true">••••••••••••</span> : <Copyable text={secret} what={what} />}
      {secret === undefined ? (
        <Button variant="inline-link" loading={show.pending} onClick={() => void show.run()} ariaLabel={`Show ${what}`}>
          Show
        </Button>
      ) : (
        <Button variant="inline-link" onClick={() => setSecret(undefined)} ariaLabel={`Hide ${what}`}>
          Hide
        </Button>
      )}
    </SpaceBetween>
  )
}
