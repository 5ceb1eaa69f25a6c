import type { Gate } from '../context.ts'
import { networkOf } from '../domain/network-of.ts'

/** Who wants a password hashed. */
export interface InLine {
  /** The address that the request came from. */
  readonly from: string | undefined
  /** Whose password it is said to be: of one name, one call of a network waits. Left out where a proof went before. */
  readonly name?: string
}

/** Runs work on passwords one after another; 'busy', and nothing run, when so much waits that nobody would see the end of it. */
export type HashLine = <T>(who: InLine, work: () => Promise<T>) => Promise<T | 'busy'>

const most = 64
// One network alone does not keep others out.
const mostOfNetwork = 8

/**
 * A line before a gate: each hash takes 19 MiB and a thread of Node's pool for tens of milliseconds, which strangers must not be able
 * to ask for without end.
 */
export const createHashLine = (gate: Gate): HashLine => {
  const waiting: { readonly network: string; readonly name: string | undefined }[] = []

  const isBusy = (network: string, name: string | undefined): boolean => {
    const neighbours = waiting.filter((one) => one.network === network)
    return (
      waiting.length >= most || neighbours.length >= mostOfNetwork || (name !== undefined && neighbours.some((one) => one.name === name))
    )
  }

  return async ({ from, name }, work) => {
    const network = networkOf(from) ?? 'unknown'
    if (isBusy(network, name)) return 'busy'
    const own = { network, name }
    waiting.push(own)
    try {
      return await gate.enter('operators', work)
    } finally {
      waiting.splice(waiting.indexOf(own), 1)
    }
  }
}
