import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import newman, { type NewmanRunSummary } from 'newman'

/** What came of a collection. */
export interface NewmanOutcome {
  readonly failures: readonly string[]
  readonly assertions: number
  /** Names of the requests that were sent and answered, in their order; without those that scripts send. */
  readonly answered: readonly string[]
  /** Names of those that the collection has. */
  readonly items: readonly string[]
}

interface Entry {
  readonly name: string
  readonly item?: readonly Entry[]
}

const namesIn = (entries: readonly Entry[]): string[] => entries.flatMap(({ name, item }) => (item === undefined ? [name] : namesIn(item)))

/** Runs a collection and its environment as `newman run FILE -e FILE` does. */
export const runNewman = async (collection: string, environment: string): Promise<NewmanOutcome> => {
  const { item } = JSON.parse(await readFile(collection, 'utf8')) as { readonly item: readonly Entry[] }
  const emitter = newman.run({ collection, environment, reporters: [] })
  const sent: string[] = []
  emitter.on('item', (_, { item: { name } }) => sent.push(name))
  const [error, { run }] = (await once(emitter, 'done')) as [Error | null, NewmanRunSummary]
  if (error !== null) throw error
  const replied = new Set(run.executions.filter(({ response }) => response !== undefined).map(({ item: { name } }) => name))
  return {
    failures: run.failures.map(({ source, at, error: { message, test } }) => `${source?.name} (${at}): ${test ?? ''} ${message}`),
    assertions: run.stats.assertions.total ?? 0,
    answered: sent.filter((name) => replied.has(name)),
    items: namesIn(item),
  }
}
