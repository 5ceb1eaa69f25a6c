import type { Readable } from 'node:stream'

/** Passes on what a stream says in pieces that end with a line, so that lines of several streams do not run into each other. */
export const passWholeLines = (from: Readable, write: (text: string) => void): void => {
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (chunk: string) => {
    const text = rest + chunk
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) write(text.slice(0, end))
  })
  from.on('end', () => {
    if (rest !== '') write(`${rest}\n`)
    rest = ''
  })
}
