import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import { useDialogFocus } from '../hooks/use-dialog-focus.ts'
import { Copyable } from './copyable.tsx'

/** A dialog with a secret that nothing tells again. */
export const ShownOnce = ({
  title,
  what,
  secret,
  onDone,
}: {
  readonly title: string
  /** E.g. `Client secret`. */
  readonly what: string
  readonly secret: string
  readonly onDone: () => void
}) => {
  useDialogFocus()
  return (
    <Modal
      visible
      header={title}
      // It is shown only now, so a click beside it takes nothing away.
      onDismiss={({ detail }) => detail.reason !== 'overlay' && onDone()}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onDone}>
            Done
          </Button>
        </Box>
      }
    >
      <Alert type="warning" header={`Copy the ${what.charAt(0).toLowerCase() + what.slice(1)} now`}>
        It is not shown again: <Copyable text={secret} what={what} />
      </Alert>
    </Modal>
  )
}
