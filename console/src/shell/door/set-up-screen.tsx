import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import Spinner from '@cloudscape-design/components/spinner'
import { useEffect, useState } from 'react'
import { type ApiError, unreachable } from '../../api/api-error.ts'
import { beginSetUp } from '../../api/operator-session.ts'
import { useLoad } from '../../hooks/use-load.ts'
import { hrefOf } from '../../router/path.ts'
import { DoorFrame } from './door-frame.tsx'
import { SetUpForm } from './set-up-form.tsx'

/** The link's token, which leaves the address bar and the history with that. */
const takeToken = (): string => {
  const token = decodeURIComponent(location.hash.slice(1))
  if (token !== '') history.replaceState(history.state, '', location.pathname)
  return token
}

const SetUpAlready = () => (
  <Box variant="p">
    Have you chosen a password already? Then <Link href={hrefOf('user-pools')}>sign in</Link>.
  </Box>
)

/** A sentence of the server, whose commands stand between backticks. */
const WithCommands = ({ text }: { readonly text: string }) => (
  <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
)

const Unusable = ({ error, onAgain }: { readonly error: ApiError; readonly onAgain: () => void }) =>
  error.code === unreachable ? (
    <Alert type="error" action={<Button onClick={onAgain}>Try again</Button>}>
      {error.message}
    </Alert>
  ) : (
    <Alert type="error" header="This set-up link can't be used">
      <WithCommands text={error.message} />
      <SetUpAlready />
    </Alert>
  )

const WithToken = ({ token, onDone }: { readonly token: string; readonly onDone: () => unknown }) => {
  const { value, error, reload } = useLoad((signal) => beginSetUp(token, signal), `set-up ${token}`)
  if (error !== undefined) return <Unusable error={error} onAgain={reload} />
  if (value === undefined)
    return (
      <Box textAlign="center">
        <Spinner size="large" />
      </Box>
    )
  return <SetUpForm token={token} setUp={value} onDone={onDone} />
}

/** Password and authenticator of a new operator, or of one who was reset. */
export const SetUpScreen = ({ onDone }: { readonly onDone: () => unknown }) => {
  const [token, setToken] = useState(takeToken)
  useEffect(() => {
    // Another link in the same tab loads no page.
    const again = () => setToken((before) => takeToken() || before)
    addEventListener('hashchange', again)
    return () => removeEventListener('hashchange', again)
  }, [])
  return (
    <DoorFrame title="Set up your sign-in" description="A password and an authenticator app: both are asked for at every sign-in.">
      {token === '' ? (
        <Alert type="info" header="Open your set-up link again">
          This page no longer knows the link: it forgets it when it is loaded again, and so does the browser.
          <SetUpAlready />
        </Alert>
      ) : (
        <WithToken key={token} token={token} onDone={onDone} />
      )}
    </DoorFrame>
  )
}
