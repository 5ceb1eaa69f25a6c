import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect } from 'react'
import { ApiError } from '../api/api-error.ts'
import { forgetDraftsOfOthers, keepDraftsFor } from '../api/operator-session.ts'
import { fetchSession, type Session } from '../api/session.ts'
import { sessionEnd } from '../api/session-end.ts'
import { useLoad } from '../hooks/use-load.ts'
import { useLocation } from '../router/location.ts'
import { hrefOf, pathBelow } from '../router/path.ts'
import { hearOperator, tellOperator } from './other-tabs.ts'

interface Gate {
  readonly session: Session
  readonly reload: () => void
}

const GateContext = createContext<Gate | undefined>(undefined)

const useGate = (): Gate => {
  const gate = useContext(GateContext)
  if (gate === undefined) throw new Error('the session is asked for outside SessionGate')
  return gate
}

/** What the console knows of its server and its operator; only below SessionGate. */
export const useSession = (): Session => useGate().session

/** Asks again who is signed in and what that operator may do. */
export const useReloadSession = (): (() => void) => useGate().reload

// Nobody in `dev` ever sees them.
const SignInScreen = lazy(async () => ({ default: (await import('./door/sign-in-screen.tsx')).SignInScreen }))
const SetUpScreen = lazy(async () => ({ default: (await import('./door/set-up-screen.tsx')).SetUpScreen }))

const openSession = async (): Promise<{ readonly session: Session | undefined }> => {
  const session = await fetchSession()
  if (session?.mode === 'serve') keepDraftsFor(session.operator)
  return { session }
}

const requireSession = async (): Promise<void> => {
  const session = await fetchSession()
  if (session === undefined)
    throw new ApiError(
      'NoCookie',
      'You are signed in, but the browser did not keep the cookie that says so. Allow cookies for this address.',
    )
  forgetDraftsOfOthers(session.operator)
}

/** Shows the console once it is known whose it is; before that the sign-in, and set-up links whoever is signed in. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const { value, error, reload } = useLoad(openSession, 'session')
  const isSetUp = pathBelow(useLocation().pathname) === 'set-up'
  const session = value?.session
  const operator = session?.mode === 'serve' ? session.operator : undefined
  useEffect(() => {
    if (operator !== undefined) {
      tellOperator(operator)
      sessionEnd.note(false)
    }
    return hearOperator((name) => {
      if (name !== operator) reload()
      else sessionEnd.note(false)
    })
  }, [operator, reload])
  if (value !== undefined && session?.mode !== 'dev' && isSetUp)
    return (
      <Suspense>
        {/* As after any sign-in elsewhere, nothing of whoever was signed in before stays. */}
        <SetUpScreen onDone={() => requireSession().then(() => location.replace(hrefOf('user-pools')))} />
      </Suspense>
    )
  if (session !== undefined) return <GateContext value={{ session, reload }}>{children}</GateContext>
  if (value !== undefined)
    return (
      <Suspense>
        <SignInScreen onDone={() => requireSession().then(reload)} />
      </Suspense>
    )
  if (error === undefined) return null
  return (
    <main>
      <Alert type="error" header="The console can't be opened" action={<Button onClick={reload}>Try again</Button>}>
        {error.message}
      </Alert>
    </main>
  )
}
