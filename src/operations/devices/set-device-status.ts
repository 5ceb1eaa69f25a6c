import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import { amendDevice, openDevice } from '../../flows/devices.ts'
import type { DeviceRememberedStatusType } from '../../model/types.gen.ts'

/**
 * Remembers a device of the user's or stops doing so; throws ResourceNotFoundException.
 * guess: a device whose status is set without saying to what stays as it is.
 */
export const setDeviceStatus = async (
  ctx: Context,
  user: User,
  key: string,
  status: DeviceRememberedStatusType | undefined,
): Promise<void> => {
  const open = () => openDevice(ctx, user, key)
  if (status === undefined) await open()
  else await amendDevice(ctx, open, (device) => ({ ...device, remembered: status === 'remembered', modifiedAt: ctx.clock.now() }))
}
