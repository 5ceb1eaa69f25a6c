import { CognitoError } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { describedDevice } from './described-device.ts'
import { deviceOwner } from './device-owner.ts'
import { devicesPage } from './devices-page.ts'

/**
 * A user's devices, remembered or not, a page at a time.
 * guess: AdminListDevices for an unknown user answers ResourceNotFoundException, since it lists no UserNotFoundException.
 */
export const adminListDevices: Operation<'AdminListDevices'> = async (ctx, input) => {
  const { pool, user } = await deviceOwner(ctx, input)
  if (user === undefined) throw new CognitoError('ResourceNotFoundException', 'User does not exist.')
  const { devices, PaginationToken } = await devicesPage(ctx, user, input, () => true)
  return { Devices: devices.map((device) => describedDevice(ctx, pool, user, device)), PaginationToken }
}
