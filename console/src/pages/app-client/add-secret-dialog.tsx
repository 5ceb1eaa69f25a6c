import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'

/** The app client that gets another secret. */
export interface AddSecretDialogProps {
  readonly poolId: string
  readonly clientId: string
  readonly onClose: (added: boolean) => void
}

/** Adds a secret, and shows one that was generated: no operation tells it again. */
export const AddSecretDialog = ({ poolId, clientId, onClose }: AddSecretDialogProps) => {
  const [kind, setKind] = useState<'generate' | 'own'>('generate')
  const [own, setOwn] = useState('')
  const [shown, setShown] = useState<string>()
  const generated = useRef<string>(undefined)
  if (shown !== undefined) {
    return <ShownOnce title="Client secret" what="Client secret" secret={shown} onDone={() => onClose(true)} />
  }
  const add = async () => {
    const input = { UserPoolId: poolId, ClientId: clientId, ...(kind === 'own' && { ClientSecret: own }) }
    generated.current = (await call('AddUserPoolClientSecret', input)).ClientSecretDescriptor?.ClientSecretValue
  }
  return (
    <ConfirmDialog
      title="Add client secret"
      verb="Add"
      isDisabled={kind === 'own' && own === ''}
      onConfirm={add}
      onClose={(done) => (done && generated.current !== undefined ? setShown(generated.current) : onClose(done))}
    >
      <Box>Both secrets work, so that applications can change over one by one. Then delete the old one.</Box>
      <FormField label="Secret">
        <RadioGroup
          value={kind}
          onChange={({ detail }) => setKind(detail.value === 'own' ? 'own' : 'generate')}
          items={[
            { value: 'generate', label: 'Generate a secret' },
            { value: 'own', label: 'Enter a secret' },
          ]}
        />
      </FormField>
      {kind === 'own' && (
        <FormField label="Own secret" constraintText="24 to 64 letters, digits, _ and +">
          <Input value={own} type="password" onChange={({ detail }) => setOwn(detail.value)} autoComplete="new-password" />
        </FormField>
      )}
    </ConfirmDialog>
  )
}
