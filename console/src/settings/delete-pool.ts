import { ApiError, asApiError } from '../api/api-error.ts'
import type { call } from '../api/call.ts'
import { poolUpdate } from './pool-update.ts'

/** What is done about that which stands in the way of a pool's deletion. */
export interface Obstacles {
  readonly unprotects: boolean
  readonly freesDomains: boolean
}

/**
 * Deletes a pool, after its protection and its domains where somebody says so. Where it stays after all it is protected again. Throws ApiError.
 */
export const deletePool = async (ask: typeof call, UserPoolId: string, { unprotects, freesDomains }: Obstacles): Promise<void> => {
  // Asked anew, because a part may be gone after a refusal.
  const described = async () => (await ask('DescribeUserPool', { UserPoolId })).UserPool ?? {}
  const protect = async (DeletionProtection: 'ACTIVE' | 'INACTIVE') =>
    ask('UpdateUserPool', poolUpdate(await described(), { DeletionProtection }))
  const wasProtected = unprotects && (await described()).DeletionProtection === 'ACTIVE'
  if (wasProtected) await protect('INACTIVE')
  try {
    const { Domain: prefix, CustomDomain: custom } = freesDomains ? await described() : {}
    for (const Domain of [prefix, custom]) {
      if (Domain !== undefined) await ask('DeleteUserPoolDomain', { UserPoolId, Domain })
    }
    await ask('DeleteUserPool', { UserPoolId })
  } catch (error) {
    if (!wasProtected) throw error
    const { code, message, requestId } = asApiError(error)
    const again = await protect('ACTIVE').catch(asApiError)
    if (!(again instanceof ApiError) || again.code === 'ResourceNotFoundException') throw error
    throw new ApiError(
      code,
      `${message} Its deletion protection is inactive now and could not be activated again: ${again.message}`,
      requestId,
    )
  }
}
