/** Shows how far a piece of work is. */
export interface ProgressBar {
  /** 0 <= done <= 1, and a few words that stand behind the bar. */
  show(done: number, words?: string): void
  /** Takes the bar off the screen. */
  clear(): void
}

const width = 30

/** The bar as one line of text. */
export const barText = (done: number, words: string): string => {
  const part = Math.min(1, Math.max(0, done))
  const full = Math.floor(part * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${String(Math.floor(part * 100)).padStart(3)} %${words === '' ? '' : `  ${words}`}`
}

/** A bar on a terminal, drawn anew when its text changes; anywhere else nothing is shown. */
export const createProgressBar = (stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stderr): ProgressBar => {
  let last = ''
  return {
    show: (done, words = '') => {
      const text = barText(done, words).slice(0, (stream.columns ?? 80) - 1)
      if (!stream.isTTY || text === last) return
      stream.write(`\r\x1b[K${text}`)
      last = text
    },
    clear: () => {
      if (last !== '') stream.write('\r\x1b[K')
      last = ''
    },
  }
}
