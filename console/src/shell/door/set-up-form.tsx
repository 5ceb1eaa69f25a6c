import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { asApiError } from '../../api/api-error.ts'
import { codeFault, newPasswordFault } from '../../api/new-password.ts'
import { endSetUp, type SetUp } from '../../api/operator-session.ts'
import { CodeField } from '../../components/code-field.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { NewPasswordFields } from '../../components/new-password-fields.tsx'
import { QrCode } from './qr-code.tsx'

/** Four by four, as people read it from one screen and type it on another. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

const Authenticator = ({ setUp: { name, secret, uri, qr } }: { readonly setUp: SetUp }) => (
  <div className="door-authenticator">
    <QrCode qr={qr} label={`QR code for the authenticator app of ${name}`} />
    <SpaceBetween size="xs">
      <Box>Scan this with your authenticator app. If you can't, type the secret there:</Box>
      <Box variant="code">{grouped(secret)}</Box>
      <Copyable text={secret} what="secret" shown="Copy the secret" />
      <Link href={uri}>Open an app on this device</Link>
    </SpaceBetween>
  </div>
)

/** Sets up an operator's password and authenticator, and signs the operator in. */
export const SetUpForm = ({
  token,
  setUp,
  onDone,
}: {
  readonly token: string
  readonly setUp: SetUp
  /** After the server let the operator in; the form waits for it. */
  readonly onDone: () => unknown
}) => {
  const [values, setValues] = useState({ password: '', again: '', code: '' })
  const [fault, setFault] = useState<string>()
  const [pending, setPending] = useState(false)
  const set = (changes: Partial<typeof values>) => setValues((before) => ({ ...before, ...changes }))
  const submit = async () => {
    if (pending) return
    const wrong = newPasswordFault(values.password, values.again, setUp.name) ?? codeFault(values.code)
    setFault(wrong)
    if (wrong !== undefined) return
    setPending(true)
    try {
      await endSetUp(token, setUp, values.password, values.code)
      await onDone()
    } catch (error) {
      setFault(asApiError(error).message)
      set({ code: '' })
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
      <SpaceBetween size="l">
        <div>
          Your name is <b>{setUp.name}</b>. You need it to sign in.
          {/* Password managers keep the password under this name. */}
          <input
            className="door-hidden"
            name="username"
            autoComplete="username"
            value={setUp.name}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
        </div>
        <NewPasswordFields password={values.password} again={values.again} onChange={set} />
        <Authenticator setUp={setUp} />
        <CodeField
          label="Code that the app shows"
          description="Six digits. They prove that the app has the secret."
          value={values.code}
          onChange={(code) => set({ code })}
        />
        {fault !== undefined && (
          <LiveRegion assertive>
            <Alert type="error">{fault}</Alert>
          </LiveRegion>
        )}
        <Button variant="primary" loading={pending} fullWidth>
          Set up and sign in
        </Button>
      </SpaceBetween>
    </form>
  )
}
