import Box from '@cloudscape-design/components/box'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import { fetchSession } from '../api/session.ts'
import { sessionEnd } from '../api/session-end.ts'
import { type SignIn, setSignIn } from '../api/sign-in-again.ts'
import { tellOperator } from './other-tabs.ts'
import { useReloadSession, useSession } from './session-gate.tsx'

type Outcome = Awaited<ReturnType<SignIn>>

const loadForm = () => import('./door/sign-in-form.tsx')
const SignInForm = lazy(async () => ({ default: (await loadForm()).SignInForm }))

const otherOperator = (before: string, now: string) =>
  new ApiError('OtherOperator', `This was asked for by ${before} and was not done, because ${now} signed in.`)

/** Who the operator is after signing in, compared with who it was. */
const outcomeOf = async (before: string): Promise<Outcome> => {
  const session = await fetchSession()
  if (session === undefined)
    throw new ApiError(
      'NoCookie',
      'You are signed in, but the browser did not keep the cookie that says so. Allow cookies for this address.',
    )
  tellOperator(session.operator)
  return session.operator === before ? 'signed in' : otherOperator(before, session.operator)
}

/** Asks to sign in over the page that is shown, when a call finds the session ended; stands once in the shell. */
export const SignInDialog = () => {
  const { operator } = useSession()
  const reload = useReloadSession()
  const [isAsked, setIsAsked] = useState(false)
  const waiting = useRef<(outcome: Outcome) => void>(undefined)
  const settle = useCallback((outcome: Outcome) => {
    const resolve = waiting.current
    waiting.current = undefined
    setIsAsked(false)
    if (outcome !== 'given up') sessionEnd.note(false)
    resolve?.(outcome)
  }, [])
  useEffect(() => {
    // Its file is there before it is needed, because then the server may be going away.
    void loadForm().catch(() => undefined)
    setSignIn(
      () =>
        new Promise<Outcome>((resolve) => {
          waiting.current = resolve
          setIsAsked(true)
        }),
    )
    // The operator has signed in in another tab.
    const forget = sessionEnd.subscribe(() => sessionEnd.isOver() || settle('signed in'))
    return () => {
      forget()
      setSignIn(undefined)
    }
  }, [settle])
  const shown = useRef(operator)
  useEffect(() => {
    // Somebody else has.
    if (shown.current !== operator) settle(otherOperator(shown.current, operator))
    shown.current = operator
  }, [operator, settle])
  if (!isAsked) return null
  const close = (outcome: Outcome) => {
    settle(outcome)
    // A new session may have other rights, and another operator has others.
    if (outcome !== 'given up') reload()
  }
  return (
    <Modal
      visible
      header="Your session has ended"
      // What is typed here would be gone with a click beside it.
      onDismiss={({ detail }) => detail.reason !== 'overlay' && close('given up')}
    >
      <SpaceBetween size="l">
        <Box>
          Sign in again to go on where you are. Nothing that you typed on the page is lost. You were signed in as <b>{operator}</b>.
        </Box>
        <Suspense>
          <SignInForm name={operator} onDone={async () => close(await outcomeOf(operator))} onCancel={() => close('given up')} />
        </Suspense>
      </SpaceBetween>
    </Modal>
  )
}
