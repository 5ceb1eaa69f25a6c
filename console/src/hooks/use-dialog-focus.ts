import { useCallback, useEffect, useState } from 'react'

const firstField = 'input[type=text], input[type=password], input[type=email], textarea'

/**
 * For a dialog that is there only while it is open: its first field to type in, below the element that gets the ref, has the focus when it
 * opens, and what had the focus before has it again when it closes.
 */
export const useDialogFocus = (): ((content: HTMLElement | null) => () => void) => {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    },
    [before],
  )
  return useCallback((content: HTMLElement | null) => {
    // The dialog itself focuses its first button as soon as it is there.
    const timer = setTimeout(() => content?.querySelector<HTMLElement>(firstField)?.focus())
    return () => clearTimeout(timer)
  }, [])
}
