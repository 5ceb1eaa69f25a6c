/** Whose part of the page it is. */
export interface PartProps {
  readonly poolId: string
  readonly username: string
}
