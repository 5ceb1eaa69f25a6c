import { assetPlaces, type LoginBranding } from '../../domain/login-branding.ts'
import { brandingAssets, loginBrandingFault, styleSettings, styleSizeFault } from '../../domain/login-branding-rules.ts'
import { brandingsPerPool } from '../../domain/quotas.ts'
import { CognitoError, invalidParameter, limitExceeded } from '../../errors.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { describedBranding } from './described-branding.ts'
import { requireManagedLogin } from './require-managed-login.ts'

/** Gives an app client its one style of managed login. */
export const createManagedLoginBranding: Operation<'CreateManagedLoginBranding'> = async (ctx, input) => {
  const { pool, client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  requireManagedLogin(pool)
  const assets = brandingAssets(input.Assets)
  const Settings = styleSettings(input.Settings)
  const fault = loginBrandingFault(input) ?? styleSizeFault(Settings, assets.length)
  if (fault !== undefined) throw invalidParameter(fault)
  const now = ctx.clock.now()
  const branding: LoginBranding = {
    poolUid: pool.uid,
    clientUid: client.uid,
    version: 1,
    UserPoolId: pool.Id,
    ManagedLoginBrandingId: ctx.random.uuid(),
    UseCognitoProvidedValues: input.UseCognitoProvidedValues ?? false,
    Settings,
    CreationDate: now,
    LastModifiedDate: now,
    images: assetPlaces(assets),
  }
  const outcome = await ctx.store.brandings.create(ctx.by(), branding, assets, brandingsPerPool)
  if (outcome === 'exists') {
    throw new CognitoError('ManagedLoginBrandingExistsException', `A ManagedLoginBranding already exists for client ${client.ClientId}`)
  }
  if (outcome === 'too many') throw limitExceeded(`The user pool has ${brandingsPerPool} managed login brandings already.`)
  return { ManagedLoginBranding: describedBranding({ branding, assets }) }
}
