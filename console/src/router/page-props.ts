import type { Params } from './path.ts'

/** What a page gets. */
export interface PageProps {
  /** The named parts of its address, e.g. `poolId`. */
  readonly params: Params
}
