let isOver = false
const listeners = new Set<() => void>()

/** Whether the operator's session has ended while the console is open. */
export const sessionEnd = {
  isOver: (): boolean => isOver,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Whoever finds out says so, and whoever signs in again. */
  note: (next: boolean): void => {
    if (isOver === next) return
    isOver = next
    for (const listener of listeners) listener()
  },
}
