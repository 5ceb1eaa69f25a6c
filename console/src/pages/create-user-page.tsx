import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { call } from '../api/call.ts'
import { type NewUser, newUserFault, newUserInput, noUser } from '../api/new-user.ts'
import { randomBelow } from '../api/random-below.ts'
import { temporaryPassword } from '../api/temporary-password.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { FaultField } from '../components/fault-field.tsx'
import { ShownOnce } from '../components/shown-once.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { usePool } from '../shell/pool.tsx'

const help = {
  title: 'Create user',
  body: (
    <p>
      The user begins with a temporary password, which has to be replaced at the first sign-in. The invitation carries it; without one you
      pass it on yourself.
    </p>
  ),
}

const Names = ({ draft, namedBy }: { readonly draft: Draft<NewUser>; readonly namedBy: readonly string[] }) => {
  const { values, set } = draft
  return (
    <Container header={<Header variant="h2">User</Header>}>
      <SpaceBetween size="l">
        {namedBy.length === 0 && (
          <FaultField field="username" label="User name">
            <Input
              value={values.username}
              onChange={({ detail }) => set({ username: detail.value })}
              autoComplete={false}
              spellcheck={false}
            />
          </FaultField>
        )}
        <FaultField field="email" label={namedBy.includes('email') ? 'Email address' : 'Email address - optional'}>
          <Input value={values.email} type="email" onChange={({ detail }) => set({ email: detail.value })} autoComplete={false} />
        </FaultField>
        <Checkbox checked={values.emailVerified} onChange={({ detail }) => set({ emailVerified: detail.checked })}>
          Mark the email address as verified
        </Checkbox>
        <FaultField
          field="phone"
          label={namedBy.includes('phone_number') ? 'Phone number' : 'Phone number - optional'}
          constraintText="With country code, e.g. +49301234567."
        >
          <Input
            value={values.phone}
            type="text"
            inputMode="tel"
            onChange={({ detail }) => set({ phone: detail.value })}
            autoComplete={false}
          />
        </FaultField>
        <Checkbox checked={values.phoneVerified} onChange={({ detail }) => set({ phoneVerified: detail.checked })}>
          Mark the phone number as verified
        </Checkbox>
      </SpaceBetween>
    </Container>
  )
}

const Invitation = ({ draft: { values, set } }: { readonly draft: Draft<NewUser> }) => (
  <Container header={<Header variant="h2">Invitation and temporary password</Header>}>
    <SpaceBetween size="l">
      <FormField label="Invitation">
        <RadioGroup
          value={values.invitation}
          onChange={({ detail }) => set({ invitation: detail.value as NewUser['invitation'] })}
          items={[
            { value: 'none', label: "Don't send an invitation" },
            { value: 'EMAIL', label: 'Send an email' },
            { value: 'SMS', label: 'Send an SMS' },
          ]}
        />
      </FormField>
      <FormField label="Temporary password">
        <RadioGroup
          value={values.password}
          onChange={({ detail }) => set({ password: detail.value as NewUser['password'] })}
          items={[
            {
              value: 'generate',
              label: 'Generate a password',
              description:
                values.invitation === 'none' ? 'It is shown once, when the user has been made.' : 'Only the invitation tells it.',
            },
            { value: 'set', label: 'Set a password' },
          ]}
        />
      </FormField>
      {values.password === 'set' && (
        <FaultField field="temporaryPassword" label="Password" constraintText="As the password policy of the pool wants it.">
          <Input
            value={values.temporaryPassword}
            type="password"
            onChange={({ detail }) => set({ temporaryPassword: detail.value })}
            autoComplete="new-password"
          />
        </FaultField>
      )}
    </SpaceBetween>
  </Container>
)

/** Makes a user as an administrator. */
export const CreateUserPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const pool = usePool()?.value
  const namedBy = pool?.UsernameAttributes ?? []
  const draft = useDraft('create-user', noUser, ['temporaryPassword'])
  // Without an invitation nobody would ever learn a password that the server makes.
  const minimum = pool?.Policies?.PasswordPolicy?.MinimumLength
  const generated = useMemo(() => temporaryPassword(randomBelow, minimum), [minimum])
  const isTold = draft.values.invitation === 'none' && draft.values.password === 'generate'
  const input = newUserInput(poolId, { ...draft.values, ...(isTold && { password: 'set', temporaryPassword: generated }) }, namedBy)
  const [made, setMade] = useState<string>()
  return (
    <>
      <DraftForm
        draft={draft}
        title="Create user"
        help={help}
        submit="Create user"
        fault={newUserFault(draft.values, namedBy)}
        saved={`The user ${input.Username} was created.`}
        back={hrefOf('user-pools/:poolId/users', { poolId })}
        {...(isTold && { next: () => undefined })}
        onSubmit={() => call('AdminCreateUser', input)}
        onSaved={({ User }) => isTold && setMade(User?.Username ?? input.Username)}
      >
        <Names draft={draft} namedBy={namedBy} />
        <Invitation draft={draft} />
      </DraftForm>
      {made !== undefined && (
        <ShownOnce
          title="Temporary password"
          what="Temporary password"
          secret={generated}
          onDone={() => void navigate(hrefOf('user-pools/:poolId/users/:username', { poolId, username: made }), { force: true })}
        />
      )}
    </>
  )
}
