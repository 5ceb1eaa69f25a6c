import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useState } from 'react'
import { askBeforeLeaving } from '../router/location.ts'

/** How the forms that are not saved throw away what they keep. */
const open = new Set<() => void>()
let ask: ((answer: (leave: boolean) => void) => void) | undefined

const guard = (): Promise<boolean> => new Promise((resolve) => (ask === undefined ? resolve(true) : ask(resolve)))
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** While `isDirty`, whoever leaves the page is asked whether to throw away what was typed, which `forget` does; it has to stay the same. */
export const useUnsaved = (isDirty: boolean, forget: () => void): void => {
  useEffect(() => {
    if (!isDirty) return
    open.add(forget)
    askBeforeLeaving(guard)
    addEventListener('beforeunload', warn)
    return () => {
      open.delete(forget)
      if (open.size > 0) return
      askBeforeLeaving(undefined)
      removeEventListener('beforeunload', warn)
    }
  }, [isDirty, forget])
}

/** The question of useUnsaved; stands once in the shell. */
export const UnsavedDialog = () => {
  const [answer, setAnswer] = useState<((leave: boolean) => void) | undefined>()
  useEffect(() => {
    ask = (next) => setAnswer(() => next)
    return () => {
      ask = undefined
    }
  }, [])
  const decide = (leave: boolean) => {
    setAnswer(undefined)
    if (leave) for (const forget of open) forget()
    answer?.(leave)
  }
  return (
    <Modal
      visible={answer !== undefined}
      header="Leave the page?"
      onDismiss={() => decide(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => decide(false)}>
              Stay
            </Button>
            <Button variant="primary" onClick={() => decide(true)}>
              Leave
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      Your changes on this page are not saved.
    </Modal>
  )
}
