import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { Output } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { rebased } from '../../api/rebased.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { TextList } from '../../components/text-list.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'

type Factors = NonNullable<Output<'AdminGetUserAuthFactors'>>

const factorNames: Readonly<Record<string, string>> = {
  SMS_MFA: 'SMS message',
  EMAIL_OTP: 'Email message',
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  WEB_AUTHN_MFA: 'Passkey',
}

const signInNames: Readonly<Record<string, string>> = {
  PASSWORD: 'Password',
  EMAIL_OTP: 'Email message one-time password',
  SMS_OTP: 'SMS message one-time password',
  WEB_AUTHN: 'Passkey',
  SOFTWARE_TOKEN: 'Authenticator app',
}

const named = (names: Readonly<Record<string, string>>, values: readonly string[] = []) => values.map((value) => names[value] ?? value)

const codes = ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] as const
const none = { value: '', label: 'None' }

const formOf = ({ UserMFASettingList: enabled = [], PreferredMfaSetting: preferred = '' }: Factors) => ({
  enabled: Object.fromEntries(Object.keys(factorNames).map((code): [string, boolean] => [code, enabled.includes(code)])),
  preferred,
})

/** Asks which factors the user uses. Every factor by code is said, because passkeys want another one enabled in the same request. */
const EditDialog = ({
  poolId,
  username,
  factors,
  onClose,
}: PartProps & { readonly factors: Factors; readonly onClose: (done: boolean) => void }) => {
  const [start] = useState(() => formOf(factors))
  const [values, setValues] = useState(start)
  const { enabled, preferred } = values
  const options = [none, ...codes.filter((code) => enabled[code]).map((value) => ({ value, label: factorNames[value] ?? value }))]
  const chosen = options.find(({ value }) => value === preferred) ?? none
  const save = async () => {
    const user = { UserPoolId: poolId, Username: username }
    const now = formOf(await call('AdminGetUserAuthFactors', user))
    const next = rebased({ start, values: { enabled, preferred: chosen.value } }, now)
    const settings = (code: string) => ({
      Enabled: next.enabled[code] === true,
      PreferredMfa: next.enabled[code] === true && next.preferred === code,
    })
    const passkey = next.enabled['WEB_AUTHN_MFA'] === true
    await call('AdminSetUserMFAPreference', {
      ...user,
      SMSMfaSettings: settings('SMS_MFA'),
      EmailMfaSettings: settings('EMAIL_OTP'),
      SoftwareTokenMfaSettings: settings('SOFTWARE_TOKEN_MFA'),
      ...(passkey !== now.enabled['WEB_AUTHN_MFA'] && { WebAuthnMfaSettings: { Enabled: passkey } }),
    })
  }
  return (
    <ConfirmDialog title="Edit MFA preferences" verb="Save changes" onConfirm={save} onClose={onClose}>
      <FormField label="MFA methods" description="A method needs what it works with: an address, a phone number, or a set-up app.">
        <SpaceBetween size="xs">
          {Object.entries(factorNames).map(([code, label]) => (
            <Checkbox
              key={code}
              checked={enabled[code] === true}
              onChange={({ detail }) => setValues({ preferred, enabled: { ...enabled, [code]: detail.checked } })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField label="Preferred MFA method" description="Asked for when several are on; without one the user chooses.">
        <Select
          selectedOption={chosen}
          options={options}
          onChange={({ detail }) => setValues({ enabled, preferred: detail.selectedOption.value ?? '' })}
        />
      </FormField>
    </ConfirmDialog>
  )
}

/** Second factors of a user, what may sign in, and whether there are passkeys. */
export const UserMfa = ({ poolId, username, onChanged }: PartProps & { readonly onChanged: () => void }) => {
  const input = { UserPoolId: poolId, Username: username }
  const load = useCall('AdminGetUserAuthFactors', input)
  const flashes = useFlashes()
  const [asked, setAsked] = useState<'edit' | 'remove'>()
  const factors = load.value
  const configured = factors?.ConfiguredUserAuthFactors ?? []
  const hasApp = configured.includes('SOFTWARE_TOKEN')
  const close = (done: boolean, said: string) => {
    setAsked(undefined)
    if (!done) return
    flashes.say(said)
    load.reload()
    onChanged()
  }
  const buttons = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!hasApp} onClick={() => setAsked('remove')}>
        Remove authenticator app
      </Button>
      <Button disabled={factors === undefined} onClick={() => setAsked('edit')}>
        Edit
      </Button>
    </SpaceBetween>
  )
  return (
    <Container
      header={
        <Header variant="h2" actions={buttons}>
          MFA and passkeys
        </Header>
      }
    >
      <Loaded load={load}>
        {(value) => (
          <KeyValuePairs
            columns={2}
            items={[
              { label: 'Active MFA methods', value: <TextList texts={named(factorNames, value.UserMFASettingList)} /> },
              {
                label: 'Preferred MFA method',
                value:
                  value.PreferredMfaSetting === undefined ? '-' : (factorNames[value.PreferredMfaSetting] ?? value.PreferredMfaSetting),
              },
              { label: 'Configured authentication factors', value: <TextList texts={named(signInNames, configured)} /> },
              {
                label: 'Passkeys',
                value: configured.includes('WEB_AUTHN')
                  ? 'Registered. The API lists and deletes them for the user alone.'
                  : 'None that can be used in this pool',
              },
            ]}
          />
        )}
      </Loaded>
      {asked === 'edit' && factors !== undefined && (
        <EditDialog
          poolId={poolId}
          username={username}
          factors={factors}
          onClose={(done) => close(done, 'The MFA preferences were saved.')}
        />
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title="Remove authenticator app?"
          verb="Remove"
          onConfirm={() => call('AdminDeleteSoftwareToken', input)}
          onClose={(done) => close(done, 'The authenticator app was removed.')}
        >
          Codes of the app stop working, and the user may set up another one. Other methods stay.
        </ConfirmDialog>
      )}
    </Container>
  )
}
