import { assetPlaces, assetSlot, type LoginBranding } from '../../domain/login-branding.ts'
import { brandingAssets, loginBrandingFault, mergedSettings, styleSettings, styleSizeFault } from '../../domain/login-branding-rules.ts'
import { concurrentModification, invalidParameter, missingParameter } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedBranding } from './described-branding.ts'
import { openBranding } from './open-branding.ts'
import { requireManagedLogin } from './require-managed-login.ts'

/**
 * Puts settings and images over those of a style.
 * guess: UseCognitoProvidedValues takes all settings and images of a style away before it puts those of the request.
 */
export const updateManagedLoginBranding: Operation<'UpdateManagedLoginBranding'> = async (ctx, input) => {
  if (input.UserPoolId === undefined) throw missingParameter('UserPoolId')
  if (input.ManagedLoginBrandingId === undefined) throw missingParameter('ManagedLoginBrandingId')
  const pool = await openPool(ctx, input.UserPoolId)
  const { branding, assets: present } = await openBranding(ctx, pool, input.ManagedLoginBrandingId)
  requireManagedLogin(pool)
  const fault = loginBrandingFault(input)
  if (fault !== undefined) throw invalidParameter(fault)
  const reset = input.UseCognitoProvidedValues === true
  const over = styleSettings(input.Settings)
  const put = brandingAssets(input.Assets)
  const kept = reset ? [] : present.filter((asset) => !put.some((other) => assetSlot(other) === assetSlot(asset)))
  const assets = [...kept, ...put]
  const Settings = reset ? undefined : mergedSettings(branding.Settings ?? {}, over ?? {})
  const tooLarge = styleSizeFault(Settings, assets.length)
  if (tooLarge !== undefined) throw invalidParameter(tooLarge)
  const changed: LoginBranding = {
    ...branding,
    UseCognitoProvidedValues: reset,
    Settings,
    LastModifiedDate: ctx.clock.now(),
    images: assetPlaces(assets),
  }
  const outcome = await ctx.store.brandings.update(ctx.by(), changed, { put, keep: reset ? 'none' : 'others' })
  if (outcome === 'version conflict') throw concurrentModification()
  return { ManagedLoginBranding: describedBranding({ branding: changed, assets }) }
}
