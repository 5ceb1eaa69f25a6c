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

interface Waiting {
  resolve(reply: Reply): void
  reject(error: Error): void
}

/** Connects to a server on this machine; again when it has closed the connection between two requests. */
export const openConnection = async (port: number): Promise<Connection> => {
  let waiting: Waiting | undefined
  let current: Socket | undefined
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket))
      let received = ''
      let isOver = false
      socket.setEncoding('latin1')
      socket.on('data', (text: string) => {
        received += text
        const reply = wholeReply(received)
        if (reply === undefined) return
        received = ''
        isOver = /\r\nconnection: close/i.test(reply.head)
        if (isOver) socket.destroy()
        current = isOver ? undefined : socket
        waiting?.resolve(reply)
      })
      const fail = (error: Error) => {
        if (isOver) return
        // One that the server closed while it was idle: the next request opens another.
        if (current === socket) current = undefined
        reject(error)
        waiting?.reject(error)
      }
      socket.on('error', fail)
      socket.on('close', () => fail(new Error('The server closed the connection.')))
    })
  current = await open()
  return {
    send: async (request) => {
      const socket = current ?? (await open())
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      })
    },
    close: () => {
      waiting = undefined
      current?.destroy()
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
