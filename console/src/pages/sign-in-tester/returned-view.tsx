import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { useLoad } from '../../hooks/use-load.ts'
import { handOver } from './hand-over.ts'
import type { Handed } from './handed-back.ts'

/** How long (ms) the tab of the sign-in has to take the answer; it may be asleep. */
const patience = 3000

/** What a tab shows to which the login pages came back: it gives the answer to the tab where the sign-in began. */
export const ReturnedView = ({ handed, onLeave }: { readonly handed: Handed; readonly onLeave: () => void }) => {
  const taken = useLoad(() => handOver(handed, patience), `answer ${handed['state']}`)
  if (taken.value === undefined) return <Alert type="info">Handing the answer to the tab where the sign-in began.</Alert>
  return taken.value ? (
    <Alert type="success" header="Handed over">
      The tab where the sign-in began goes on with the answer. You can close this one.
    </Alert>
  ) : (
    <Alert type="warning" header="No tab waits for this answer" action={<Button onClick={onLeave}>Begin a sign-in</Button>}>
      The sign-in was begun elsewhere, or its tab was closed or loaded again. What came back was not used.
    </Alert>
  )
}
