import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { asApiError } from '../../api/api-error.ts'
import { codeFault, newPasswordFault } from '../../api/new-password.ts'
import { changePassword } from '../../api/operators.ts'
import { CodeField } from '../../components/code-field.tsx'
import { NewPasswordFields } from '../../components/new-password-fields.tsx'
import { useFlashes } from '../../shell/flashes.tsx'

const nothing = { password: '', newPassword: '', again: '', code: '' }

/** Changes the operator's own password, which the old one and a code have to allow. */
export const ChangePassword = ({ name }: { readonly name: string }) => {
  const flashes = useFlashes()
  const [values, setValues] = useState(nothing)
  const [fault, setFault] = useState<string>()
  const [pending, setPending] = useState(false)
  const set = (changes: Partial<typeof nothing>) => setValues((before) => ({ ...before, ...changes }))
  const submit = async () => {
    if (pending) return
    const { password, newPassword, again, code } = values
    const wrong = password === '' ? 'Enter your present password.' : (newPasswordFault(newPassword, again, name) ?? codeFault(code))
    setFault(wrong)
    if (wrong !== undefined) return
    setPending(true)
    try {
      await changePassword(password, code, newPassword)
      setValues(nothing)
      flashes.say('The password was changed. All your other sessions have ended.')
    } catch (error) {
      setFault(asApiError(error).message)
      // A code is good for one try.
      set({ code: '' })
    } finally {
      setPending(false)
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <input className="door-hidden" name="username" autoComplete="username" value={name} readOnly tabIndex={-1} aria-hidden="true" />
      <Container
        header={
          <Header variant="h2" description="All your other sessions end.">
            Change password
          </Header>
        }
      >
        <SpaceBetween size="l">
          <FormField label="Present password">
            <Input
              name="password"
              type="password"
              value={values.password}
              onChange={({ detail }) => set({ password: detail.value })}
              autoComplete="current-password"
            />
          </FormField>
          <NewPasswordFields
            password={values.newPassword}
            again={values.again}
            onChange={({ password, again }) =>
              set({ ...(password !== undefined && { newPassword: password }), ...(again !== undefined && { again }) })
            }
          />
          <CodeField label="Code of your authenticator app" value={values.code} onChange={(code) => set({ code })} />
          {fault !== undefined && (
            <LiveRegion assertive>
              <Alert type="error">{fault}</Alert>
            </LiveRegion>
          )}
          <Button loading={pending}>Change password</Button>
        </SpaceBetween>
      </Container>
    </form>
  )
}
