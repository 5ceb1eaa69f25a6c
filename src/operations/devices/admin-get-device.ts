import { deviceNotFound } from '../../errors.ts'
import { openDevice } from '../../flows/devices.ts'
import type { Operation } from '../operation.ts'
import { describedDevice } from './described-device.ts'
import { deviceOwner } from './device-owner.ts'

/**
 * A device of a user, remembered or not.
 * guess: AdminGetDevice for an unknown user answers that the device does not exist, since it lists no UserNotFoundException.
 */
export const adminGetDevice: Operation<'AdminGetDevice'> = async (ctx, input) => {
  const { pool, user } = await deviceOwner(ctx, input)
  if (user === undefined) throw deviceNotFound()
  return { Device: describedDevice(ctx, pool, user, await openDevice(ctx, user, input.DeviceKey)) }
}
