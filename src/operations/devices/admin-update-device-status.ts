import { userNotFound } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { deviceOwner } from './device-owner.ts'
import { setDeviceStatus } from './set-device-status.ts'

/** Remembers a device of a user or stops doing so. */
export const adminUpdateDeviceStatus: Operation<'AdminUpdateDeviceStatus'> = async (ctx, input) => {
  const { user } = await deviceOwner(ctx, input)
  if (user === undefined) throw userNotFound()
  await setDeviceStatus(ctx, user, input.DeviceKey, input.DeviceRememberedStatus)
  return {}
}
