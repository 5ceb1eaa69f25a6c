import { connect, type Socket } from 'node:net'

/** What came back for a request. */
export interface Reply {
  readonly status: number
  /** Status line and headers. */
  readonly head: string
  readonly body: string
}

/** A connection that stays open and carries one request at a time: some microseconds of CPU each, so that the server gets the machine. */
export interface Connection {
  send(request: Uint8Array): Promise<Reply>
  close(): void
}

/** Connects to a server on this machine. */
export const openConnection = async (port: number): Promise<Connection> => {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(opened))
    opened.once('error', reject)
  })
  let waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    const reply = wholeReply(received)
    if (reply === undefined) return
    received = ''
    waiting?.resolve(reply)
  })
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection.')))
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => {
      waiting = undefined
      socket.destroy()
    },
  }
}

/** The reply once all of it is there. Read as Latin-1, a character is a byte; what is measured here answers ASCII. */
const wholeReply = (text: string): Reply | undefined => {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
  if (Number.isNaN(length)) throw new Error('The server sent a reply without Content-Length.')
  const start = head + 4
  return text.length < start + length
    ? undefined
    : { status: Number(text.slice(9, 12)), head: text.slice(0, head), body: text.slice(start, start + length) }
}
