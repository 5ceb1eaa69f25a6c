import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { createContext, type ReactNode, useContext } from 'react'
import { fetchSession, type Session } from '../api/session.ts'
import { useLoad } from '../hooks/use-load.ts'

const SessionContext = createContext<Session | undefined>(undefined)

/** What the console knows of its server and its operator; only below SessionGate. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (session === undefined) throw new Error('useSession is called outside SessionGate')
  return session
}

/** Shows the console once it is known whose it is. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const { value, error, reload } = useLoad(fetchSession, 'session')
  if (value !== undefined) return <SessionContext value={value}>{children}</SessionContext>
  if (error === undefined) return null
  return (
    <main>
      <Alert type="error" header="The console can't be opened" action={<Button onClick={reload}>Try again</Button>}>
        {error.message}
      </Alert>
    </main>
  )
}
