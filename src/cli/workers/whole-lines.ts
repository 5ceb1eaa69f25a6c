import type { Readable } from 'node:stream'

/** Characters; what has no line end by then gets one, so that not all of it is kept. */
const longest = 1024 * 1024

/** Passes on what a stream says in pieces that end with a line, so that lines of several streams do not run into each other. */
export const passWholeLines = (from: Readable, write: (text: string) => void): void => {
  let rest = ''
  const endLine = (): void => {
    if (rest !== '') write(`${rest}\n`)
    rest = ''
  }
  from.setEncoding('utf8')
  from.on('data', (chunk: string) => {
    const text = rest + chunk
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) write(text.slice(0, end))
    if (rest.length > longest) endLine()
  })
  from.on('end', endLine)
}
