import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useState } from 'react'
import { setGuard } from '../router/location.ts'

let open = 0
let ask: ((answer: (leave: boolean) => void) => void) | undefined

const guard = (): Promise<boolean> => new Promise((resolve) => (ask === undefined ? resolve(true) : ask(resolve)))
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** While `isDirty`, whoever leaves the page is asked whether to throw away what was typed. */
export const useUnsaved = (isDirty: boolean): void => {
  useEffect(() => {
    if (!isDirty) return
    open += 1
    setGuard(guard)
    addEventListener('beforeunload', warn)
    return () => {
      open -= 1
      if (open > 0) return
      setGuard(undefined)
      removeEventListener('beforeunload', warn)
    }
  }, [isDirty])
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
