import type { Clock } from '../clock.ts'
import { longestLag } from '../domain/longest-lag.ts'
import type { Executor } from './executor.ts'
import type { Call } from './sql/call.ts'
import type { Group } from './sql/verb.ts'

const mostKept = 5000

/** The groups whose writes change what a recent read answers. */
export const configurationGroups: ReadonlySet<string> = new Set<Group>(['pools', 'domains', 'clients', 'resourceServers'])

// What a purge removes went out of reach with its pool before, and a purge may take long.
const changesConfiguration = ({ group, verb }: Call): boolean => configurationGroups.has(group) || verb === 'wipe'

interface Kept {
  readonly answer: Promise<unknown>
  readonly readAt: number
}

/**
 * Runs the verbs of another executor and keeps what verbs of the kind `recent` answered for 250 ms at most: configuration that most
 * requests need and few change. A write of this executor's own is seen at once: from its beginning to its end nothing is kept.
 */
export const keepRecent = (executor: Executor, clock: Clock): Executor => {
  const kept = new Map<string, Kept>()
  let writes = 0

  const readKept = (call: Call): Promise<unknown> => {
    const name = JSON.stringify([call.group, call.verb, call.args])
    const known = kept.get(name)
    const now = clock.now()
    if (known !== undefined && now - known.readAt < longestLag)
      // Who joined a question that found nothing may come after somebody has made it.
      return known.answer.then((value) => value ?? executor.run('recent', call))
    const answer = executor.run('recent', call)
    if (writes > 0) return answer
    if (kept.size >= mostKept) kept.clear()
    const mine = { answer, readAt: now }
    kept.set(name, mine)
    const forget = () => void (kept.get(name) === mine && kept.delete(name))
    // What is not there may be made at any moment, by another node too.
    answer.then((value) => value === undefined && forget(), forget)
    return answer
  }

  const write = async (call: Call): Promise<unknown> => {
    writes += 1
    kept.clear()
    try {
      return await executor.run('write', call)
    } finally {
      writes -= 1
    }
  }

  return {
    run: (kind, call) => {
      if (kind === 'recent') return readKept(call)
      return kind === 'write' && changesConfiguration(call) ? write(call) : executor.run(kind, call)
    },
    time: () => executor.time(),
    close: () => executor.close(),
  }
}
