import { devicesPerUser } from '../../domain/quotas.ts'
import { deviceKeyExists, invalidDeviceKey, invalidParameter } from '../../errors.ts'
import { parseDeviceSecret, sealDeviceVerifier } from '../../flows/device-secret.ts'
import { deviceGroupKey, isForgotten } from '../../flows/devices.ts'
import type { Operation } from '../operation.ts'
import { deviceCaller } from './device-caller.ts'

/** Registers the device that the access token was issued to; it is remembered at once unless the pool lets its users decide. */
export const confirmDevice: Operation<'ConfirmDevice'> = async (request, input) => {
  const { ctx, pool, user, deviceKey: key } = await deviceCaller(request, input.AccessToken)
  if (key === undefined || key !== input.DeviceKey || (await isForgotten(ctx, user, key))) throw invalidDeviceKey()
  const { salt, verifier } = parseDeviceSecret(input.DeviceSecretVerifierConfig)
  const asksUser = pool.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true
  const now = ctx.clock.now()
  const device = {
    poolUid: pool.uid,
    userId: user.id,
    key,
    groupKey: await deviceGroupKey(ctx, pool, user, key),
    name: input.DeviceName,
    remembered: !asksUser,
    salt,
    lastIp: ctx.call.ip,
    version: 1,
    createdAt: now,
    modifiedAt: now,
    lastAuthenticatedAt: now,
  }
  const sealedVerifier = await sealDeviceVerifier(ctx, device, verifier)
  const outcome = await ctx.store.devices.create(ctx.by(), { ...device, sealedVerifier }, devicesPerUser)
  if (outcome === 'forgotten') throw invalidDeviceKey()
  if (outcome === 'exists') throw deviceKeyExists()
  if (outcome === 'too many') throw invalidParameter(`A user can have at most ${devicesPerUser} devices.`)
  return { UserConfirmationNecessary: asksUser }
}
