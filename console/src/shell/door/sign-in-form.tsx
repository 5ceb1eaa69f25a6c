import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRef } from 'react'
import { CodeField } from '../../components/code-field.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { type Refusal, useSignIn } from './use-sign-in.ts'
import { waitText } from './wait-text.ts'

const Wait = ({ until }: { readonly until: number }) => {
  const left = until - useNow()
  // Announced once by what stands before it, not every second.
  return <span aria-live="off">{left > 0 ? ` Try again ${waitText(left)}.` : ' You can try again now.'}</span>
}

const Refused = ({ refusal: { message, locked } }: { readonly refusal: Refusal }) => (
  <LiveRegion assertive>
    <Alert type="error">
      {message}
      {locked !== undefined && <Wait until={locked.until} />}
    </Alert>
  </LiveRegion>
)

const Buttons = ({ pending, onCancel }: { readonly pending: boolean; readonly onCancel: (() => void) | undefined }) =>
  onCancel === undefined ? (
    <Button variant="primary" loading={pending} fullWidth>
      Sign in
    </Button>
  ) : (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" formAction="none" onClick={onCancel}>
          Cancel
        </Button>
        <Button variant="primary" loading={pending}>
          Sign in
        </Button>
      </SpaceBetween>
    </Box>
  )

/** Name, password and code of an operator. */
export interface SignInFormProps {
  /** Who signed in last. */
  readonly name?: string
  /** After the server let the operator in; the form waits for it. */
  readonly onDone: () => unknown
  readonly onCancel?: () => void
}

/** Signs an operator in: on a screen of its own, and over a page whose session has ended. */
export const SignInForm = ({ name: known = '', onDone, onCancel }: SignInFormProps) => {
  const { values, set, refusal, pending, submit } = useSignIn(known, onDone)
  const fields = { name: useRef<InputProps.Ref>(null), password: useRef<InputProps.Ref>(null), code: useRef<InputProps.Ref>(null) }
  const send = async () => {
    const refused = await submit()
    if (refused !== undefined) fields[refused.field].current?.focus()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <SpaceBetween size="l">
        {refusal !== undefined && <Refused refusal={refusal} />}
        <FormField label="Name">
          <Input
            ref={fields.name}
            name="username"
            value={values.name}
            onChange={({ detail }) => set({ name: detail.value })}
            autoComplete="username"
            autoFocus={known === ''}
            spellcheck={false}
            disableBrowserAutocorrect
          />
        </FormField>
        <FormField label="Password">
          <Input
            ref={fields.password}
            name="password"
            type="password"
            value={values.password}
            onChange={({ detail }) => set({ password: detail.value })}
            autoComplete="current-password"
            autoFocus={known !== ''}
          />
        </FormField>
        <CodeField label="Code of your authenticator app" value={values.code} onChange={(code) => set({ code })} field={fields.code} />
        <Buttons pending={pending} onCancel={onCancel} />
      </SpaceBetween>
    </form>
  )
}
