import type { ResourceServerType } from '../model/types.gen.ts'

/** A resource server: the wire's shape and its row version. */
export interface ResourceServer extends ResourceServerType {
  readonly poolUid: string
  readonly version: number
  readonly UserPoolId: string
  readonly Identifier: string
  readonly Name: string
}
