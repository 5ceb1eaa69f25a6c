import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { useDialogFocus } from '../hooks/use-dialog-focus.ts'

/** A dialog that asks before something is done, and stays with the API's words when it is refused. */
export interface ConfirmDialogProps {
  readonly title: string
  /** What the button says, e.g. `Disable`. */
  readonly verb: string
  /** What the dialog says will happen. */
  readonly children: ReactNode
  readonly isDisabled?: boolean
  readonly onConfirm: () => Promise<unknown>
  /** After it was done, and when somebody gives up. */
  readonly onClose: (done: boolean) => void
}

/** Asks, does it, closes. */
export const ConfirmDialog = ({ title, verb, children, isDisabled = false, onConfirm, onClose }: ConfirmDialogProps) => {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError>()
  const content = useDialogFocus()
  const confirm = async () => {
    if (pending || isDisabled) return
    setPending(true)
    try {
      await onConfirm()
      onClose(true)
    } catch (thrown) {
      setError(asApiError(thrown))
      setPending(false)
    }
  }
  return (
    <Modal
      visible
      header={title}
      onDismiss={() => onClose(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              Cancel
            </Button>
            <Button variant="primary" disabled={isDisabled} loading={pending} onClick={() => void confirm()}>
              {verb}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        ref={content}
        onSubmit={(event) => {
          event.preventDefault()
          void confirm()
        }}
      >
        <SpaceBetween size="m">
          {error !== undefined && (
            <Alert type="error" header={error.code}>
              {error.message}
            </Alert>
          )}
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  )
}
