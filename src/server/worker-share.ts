import type { RatePeers } from '../domain/rate.ts'
import type { Metrics } from './metrics.ts'

/** What a server is given that shares machine, ports and data folder with others of the same command. */
export interface WorkerShare {
  /** How many they are, this one among them; what a server may do at once is divided by it. */
  readonly workers: number
  readonly meter: Metrics
  readonly ratePeers: RatePeers
  /** The word of the socket for commands, which all of them answer, and whether this is the one that writes it down. */
  readonly commands: { readonly token: string; readonly isFirst: boolean }
  /** Whether this is the one that removes what has expired. */
  readonly keepsHouse: boolean
}
