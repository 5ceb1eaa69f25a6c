import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import { useState } from 'react'
import { resetOperator, type SetUpLink } from '../../api/operators.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { SetUpLinkView } from './set-up-link-view.tsx'

/** Asks, resets an operator, and shows the new set-up link. */
export const ResetOperator = ({ name, onClose }: { readonly name: string; readonly onClose: (done: boolean) => void }) => {
  const [made, setMade] = useState<SetUpLink>()
  if (made === undefined)
    return (
      <ConfirmDialog
        title={`Reset ${name}?`}
        verb="Reset"
        onConfirm={async () => setMade(await resetOperator(name))}
        onClose={(done) => done || onClose(false)}
      >
        <Box>
          Password, authenticator and all sessions of <b>{name}</b> end at once. A new set-up link brings the operator back, with the same
          rights.
        </Box>
        <Alert type="warning">
          Make sure that it is {name} who asks: whoever gets the link is {name} from then on.
        </Alert>
      </ConfirmDialog>
    )
  return (
    <Modal
      visible
      header={`${name} was reset`}
      // The link is shown only now, so a click beside it takes nothing away.
      onDismiss={({ detail }) => detail.reason !== 'overlay' && onClose(true)}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={() => onClose(true)}>
            Done
          </Button>
        </Box>
      }
    >
      <SetUpLinkView name={name} made={made} />
    </Modal>
  )
}
