import { customAttributesFault, withCustomAttributes } from '../../domain/attribute-schema.ts'
import { invalidParameter } from '../../errors.ts'
import { amendPool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'

/** Adds custom attributes to the pool's schema, for good. */
export const addCustomAttributes: Operation<'AddCustomAttributes'> = async (ctx, input) => {
  await amendPool(ctx, input.UserPoolId, (pool) => {
    const fault = customAttributesFault(pool.SchemaAttributes, input.CustomAttributes)
    if (fault !== undefined) throw invalidParameter(fault)
    return { ...pool, SchemaAttributes: withCustomAttributes(pool.SchemaAttributes, input.CustomAttributes) }
  })
  return {}
}
