import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Errand, Figures } from './errand.ts'
import type { AccessTokens, Simple } from './scenarios.ts'

/** The load generator, in a process of its own. */
export interface Load {
  run(errand: Errand): Promise<Figures>
  /** One kind of request over and over. */
  simple(of: Simple, connections: number, seconds: number): Promise<Figures>
  /** Access tokens of so many sign-ins of either kind. */
  makeTokens(count: number): Promise<AccessTokens>
  end(): void
}

/** Starts it against a server on this machine. It ends when this process does. */
export const startLoad = ({ port, pid }: { readonly port: number; readonly pid: number }): Load => {
  const child: ChildProcess = fork(fileURLToPath(new URL('load.ts', import.meta.url)), [String(port), String(pid)])
  const died = once(child, 'exit').then(() => Promise.reject(new Error('The load generator failed; it said why.')))
  died.catch(() => {})
  const ask = async <T>(errand: Errand): Promise<T> => {
    child.send(errand)
    const [message] = await Promise.race([once(child, 'message'), died])
    return message.answer
  }
  const run = (errand: Errand): Promise<Figures> => ask(errand)
  return {
    run,
    simple: (of, connections, seconds) => run({ kind: 'simple', of, connections, seconds }),
    makeTokens: (count) => ask({ kind: 'make tokens', count }),
    end: () => {
      if (child.connected) child.disconnect()
    },
  }
}
