import { userNotFound } from '../../errors.ts'
import { forgetDevice } from '../../flows/devices.ts'
import type { Operation } from '../operation.ts'
import { deviceOwner } from './device-owner.ts'

/** Deletes a device of a user; its sessions can't be refreshed any more. */
export const adminForgetDevice: Operation<'AdminForgetDevice'> = async (ctx, input) => {
  const { user } = await deviceOwner(ctx, input)
  if (user === undefined) throw userNotFound()
  await forgetDevice(ctx, user, input.DeviceKey)
}
