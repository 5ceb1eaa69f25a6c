import Button from '@cloudscape-design/components/button'
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { connection } from '../api/connection.ts'
import { sessionEnd } from '../api/session-end.ts'
import { signInAgain } from '../api/sign-in-again.ts'

/** What the console says above a page. */
export interface Flashes {
  readonly say: (text: string) => void
  /** What went well but not as somebody may think. */
  readonly warn: (text: string) => void
  /** What failed in our words, why in the API's own, and a button that tries again. */
  readonly fail: (what: string, error: ApiError, again?: () => unknown) => void
}

const FlashContext = createContext<Flashes | undefined>(undefined)
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([])

/** Says things above the page; they stay when another page is shown, until they are dismissed or five newer ones came. */
export const useFlashes = (): Flashes => {
  const flashes = useContext(FlashContext)
  if (flashes === undefined) throw new Error('useFlashes is called outside FlashProvider')
  return flashes
}

const most = 5
let made = 0

/** Keeps what is said. */
export const FlashProvider = ({ children }: { readonly children: ReactNode }) => {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([])
  const flashes = useMemo((): Flashes => {
    const add = (item: FlashbarProps.MessageDefinition) => {
      made += 1
      const id = `flash-${made}`
      const onDismiss = () => setItems((before) => before.filter((one) => one.id !== id))
      setItems((before) => [{ ...item, id, dismissible: true, dismissLabel: 'Dismiss', onDismiss }, ...before].slice(0, most))
      return onDismiss
    }
    return {
      say: (text) => void add({ type: 'success', content: text }),
      warn: (text) => void add({ type: 'warning', content: text }),
      fail: (what, { code, message, requestId }, again) => {
        let dismiss = () => {}
        const retry = () => {
          dismiss()
          again?.()
        }
        dismiss = add({
          type: 'error',
          header: what,
          content: `${message || 'The server gave no reason.'} (${code}${requestId === undefined ? '' : `, request ${requestId}`})`,
          ...(again !== undefined && { action: <Button onClick={retry}>Try again</Button> }),
        })
      },
    }
  }, [])
  return (
    <FlashContext value={flashes}>
      <ItemsContext value={items}>{children}</ItemsContext>
    </FlashContext>
  )
}

const away: FlashbarProps.MessageDefinition = {
  id: 'away',
  type: 'warning',
  loading: true,
  header: 'The server does not answer',
  content: 'Trying again every second. Nothing that you typed is lost.',
}

const ended: FlashbarProps.MessageDefinition = {
  id: 'ended',
  type: 'warning',
  header: 'Your session has ended',
  content: 'Nothing that you typed is lost.',
  // Who gives up is told by the dialog and by this message.
  action: <Button onClick={() => void signInAgain(new Error('given up')).catch(() => undefined)}>Sign in again</Button>,
}

/** The flashbar of the shell; it also tells that the server is away, and that the session has ended. */
export const Notifications = () => {
  const items = useContext(ItemsContext)
  const isDown = useSyncExternalStore(connection.subscribe, connection.state) === 'down'
  const isOver = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.isOver)
  return <Flashbar items={[...(isDown ? [away] : []), ...(isOver ? [ended] : []), ...items]} stackItems />
}
