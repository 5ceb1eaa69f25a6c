import { hourlyLimits } from '../../domain/quotas.ts'
import { codeExpired, invalidParameter } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { invalidVerifiable, isVerifiable } from '../../flows/change-attributes.ts'
import { checkCode, takeFromAllowance } from '../../flows/codes.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import { saveMovingAliases } from '../../flows/move-aliases.ts'
import { retryingLostRaces } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'
import type { Operation } from '../operation.ts'

/**
 * Proves the caller's e-mail address or phone number with the code that was sent there; a waiting change takes effect, and an alias that
 * somebody else had moves here (developer guide, "Customizing sign-in attributes").
 */
export const verifyUserAttribute: Operation<'VerifyUserAttribute'> = async (request, input) => {
  const { ctx, pool, user: caller } = await openAccessToken(request, input.AccessToken)
  const attribute = input.AttributeName
  if (!isVerifiable(attribute)) throw invalidParameter(invalidVerifiable)
  await takeFromAllowance(ctx, pool.uid, caller.id, 'VerifyUserAttribute', hourlyLimits.verifyUserAttribute)
  const code = await checkCode(ctx, caller, `Verify:${attribute}`, input.Code)
  await retryingLostRaces(async () => {
    const user = await rereadCaller(ctx, caller)
    const value = code.target?.value
    // The code proves the address that it was sent to, and no later one.
    if (value === undefined || (user.pending?.[attribute] ?? user.attributes[attribute]) !== value) throw codeExpired()
    const { [attribute]: _applied, ...pending } = user.pending ?? {}
    const attributes = { ...user.attributes, [attribute]: value, [`${attribute}_verified`]: 'true' }
    const change = userChange(pool, user, { ...user, attributes, pending })
    await saveMovingAliases(ctx, pool, { ...change, spendCode: { purpose: `Verify:${attribute}`, id: code.id } })
  })
  return {}
}
