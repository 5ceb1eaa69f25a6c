/** A server of the comparison while it runs. */
export interface Peer {
  readonly name: string
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}
