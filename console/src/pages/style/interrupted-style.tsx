import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import type { StyleSettings } from '../../../../src/domain/login-branding.ts'
import type { ManagedLoginBrandingType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { dropWantedStyle, findWantedStyle } from '../../api/wanted-style.ts'
import { useAction } from '../../hooks/use-action.ts'

/** Offers the settings of a style that lost them because the saving was interrupted; nothing where it has some. */
export const InterruptedStyle = ({
  style,
  onRestored,
}: {
  readonly style: ManagedLoginBrandingType
  readonly onRestored: (settings: StyleSettings) => void
}) => {
  const { UserPoolId, ManagedLoginBrandingId = '', Settings } = style
  const [wanted, setWanted] = useState(() => findWantedStyle(ManagedLoginBrandingId))
  const forget = () => {
    dropWantedStyle(ManagedLoginBrandingId)
    setWanted(undefined)
  }
  const restore = useAction(
    async () => {
      if (wanted === undefined) return
      await call('UpdateManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId, Settings: wanted })
      forget()
      onRestored(wanted)
    },
    { failed: 'The settings were not put back', done: 'The settings are back.' },
  )
  if (wanted === undefined || Settings !== undefined) return null
  return (
    <Alert
      type="warning"
      header="Saving was interrupted"
      dismissible
      dismissAriaLabel="Forget the settings"
      onDismiss={forget}
      action={
        <Button loading={restore.pending} onClick={() => void restore.run()}>
          Put the settings back
        </Button>
      }
    >
      The style has lost its settings, and this browser still has them.
    </Alert>
  )
}
