import { Socket } from 'node:net'

const refused = (what: string): never => {
  throw Object.assign(new Error(`A trigger module may not ${what}.`), { code: 'ERR_ACCESS_DENIED' })
}

const pathIn = (first: unknown): unknown => {
  // net.connect passes its arguments on as a list that holds the options first.
  const target: unknown = Array.isArray(first) ? first[0] : first
  if (typeof target === 'string') return Number.isNaN(Number(target)) ? target : undefined
  return (target as { path?: unknown } | null | undefined)?.path
}

const replace = (owner: object, name: string, value: unknown): void => {
  if (name in owner) Object.defineProperty(owner, name, { value, writable: false, configurable: false })
}

/**
 * Takes away from this process what Node's permissions leave: signals to other processes (one of which opens a debugger in the server)
 * and Unix sockets (one of which takes the server's commands); `channel` is its pipe to the server. It keeps mistakes and curiosity out, not machine code.
 */
export const guardModule = (channel: Socket): void => {
  const connect = Socket.prototype.connect as (...values: unknown[]) => Socket
  replace(Socket.prototype, 'connect', function (this: Socket, ...values: unknown[]): Socket {
    return pathIn(values[0]) === undefined ? connect.apply(this, values) : refused('open Unix sockets')
  })
  // The channel is a pipe: what all pipes can do lies in its handle's prototype, below what the line above guards.
  const pipe: object = Object.getPrototypeOf((channel as unknown as { _handle: object })._handle)
  for (const name of ['connect', 'connect2']) replace(pipe, name, () => refused('open Unix sockets'))
  replace(process, 'kill', () => refused('send signals'))
  replace(process, '_kill', () => refused('send signals'))
  replace(process, '_debugProcess', () => refused('debug processes'))
}
