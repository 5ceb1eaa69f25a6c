import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import type { PartProps } from './part-props.ts'

/** Sets a user's password, temporary or for good. */
export const SetPasswordDialog = ({ poolId, username, onClose }: PartProps & { readonly onClose: (done: boolean) => void }) => {
  const [password, setPassword] = useState('')
  const [kind, setKind] = useState('temporary')
  const set = () =>
    call('AdminSetUserPassword', { UserPoolId: poolId, Username: username, Password: password, Permanent: kind === 'permanent' })
  return (
    <ConfirmDialog title="Set password" verb="Set password" isDisabled={password === ''} onConfirm={set} onClose={onClose}>
      <FormField label="Kind of password">
        <RadioGroup
          value={kind}
          onChange={({ detail }) => setKind(detail.value)}
          items={[
            { value: 'temporary', label: 'Temporary', description: 'The user has to replace it at the next sign-in.' },
            { value: 'permanent', label: 'Permanent', description: 'The user is confirmed and may go on with it.' },
          ]}
        />
      </FormField>
      <FormField label="Password" constraintText="As the password policy of the pool wants it.">
        <Input value={password} type="password" autoComplete="new-password" onChange={({ detail }) => setPassword(detail.value)} />
      </FormField>
      <Box color="text-body-secondary">No message is sent: tell the user the password yourself.</Box>
    </ConfirmDialog>
  )
}
