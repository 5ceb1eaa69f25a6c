import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import { printable } from '../client/printable.ts'

/** Where lines come from: a person, or a program that wrote them to standard input. */
export interface Terminal {
  /** Whether a person is there. */
  readonly isInteractive: boolean
  /** The next line; a person is asked for it, on standard error. `hidden` shows nothing of what is typed. Undefined when there is none. */
  line(question: string, options?: { readonly hidden?: boolean }): Promise<string | undefined>
  close(): void
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

const ask = (question: string, hidden: boolean): Promise<string | undefined> =>
  new Promise((resolve) => {
    process.stderr.write(printable(question))
    const output = hidden ? nowhere() : process.stderr
    const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 })
    let typed: string | undefined
    reader.on('SIGINT', () => reader.close())
    reader.on('line', (line) => {
      typed = line
      reader.close()
    })
    reader.on('close', () => {
      if (hidden || typed === undefined) process.stderr.write('\n')
      resolve(typed)
    })
  })

/** The terminal of this process; takes nothing from standard input before the first line is wanted. */
export const openTerminal = (): Terminal => {
  const isInteractive = process.stdin.isTTY === true
  let reader: Interface | undefined
  let lines: AsyncIterator<string> | undefined
  const next = async () => {
    reader ??= createInterface({ input: process.stdin, terminal: false })
    lines ??= reader[Symbol.asyncIterator]()
    const { done, value } = await lines.next()
    return done === true ? undefined : value
  }
  return {
    isInteractive,
    line: (question, { hidden = false } = {}) => (isInteractive ? ask(question, hidden) : next()),
    close: () => {
      reader?.close()
      // A pipe that stays open must not keep the process.
      if (!isInteractive && reader !== undefined) process.stdin.destroy()
    },
  }
}
