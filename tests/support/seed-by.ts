import type { Poolhouse } from '../../src/lib.ts'
import type { SeededPool } from '../../src/server/seed-document.ts'

/** `seed` of a development server that was not started by `startPoolhouse`. */
export const seedBy =
  (url: string): Poolhouse['seed'] =>
  async (document) => {
    const body = { method: 'POST', body: JSON.stringify(document), headers: { 'content-type': 'application/json' } }
    return ((await (await fetch(`${url}/_poolhouse/seed`, body)).json()) as { pools: SeededPool[] }).pools
  }
