import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** What is to be deleted. */
export interface DeleteDialogProps {
  /** E.g. `user pool`. */
  readonly what: string
  /** Has to be typed before anything happens. */
  readonly name: string
  /** What is gone with it. */
  readonly children: ReactNode
  /** Whether what else has to be said first was said. */
  readonly isReady?: boolean
  readonly onDelete: () => Promise<unknown>
  readonly onClose: (deleted: boolean) => void
}

/** Asks for the name of what is to be deleted. */
export const DeleteDialog = ({ what, name, children, isReady = true, onDelete, onClose }: DeleteDialogProps) => {
  const [typed, setTyped] = useState('')
  return (
    <ConfirmDialog title={`Delete ${what}?`} verb="Delete" isDisabled={typed !== name || !isReady} onConfirm={onDelete} onClose={onClose}>
      <Box>
        Delete the {what} <b>{name}</b> for ever. This can't be undone.
      </Box>
      <Alert type="warning">{children}</Alert>
      <FormField label={`To confirm, type the name: ${name}`}>
        <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} autoComplete={false} spellcheck={false} />
      </FormField>
    </ConfirmDialog>
  )
}
