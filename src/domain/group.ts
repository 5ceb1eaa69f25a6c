import type { GroupType } from '../model/types.gen.ts'

/** A group: the wire's shape and its internal identity. */
export interface Group extends GroupType {
  /** A group made again under the same name has another one and none of the old members. */
  readonly uid: string
  readonly poolUid: string
  readonly version: number
  readonly GroupName: string
  readonly UserPoolId: string
  readonly CreationDate: number
  readonly LastModifiedDate: number
}
