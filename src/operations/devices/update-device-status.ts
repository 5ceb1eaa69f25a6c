import type { Operation } from '../operation.ts'
import { deviceCaller } from './device-caller.ts'
import { setDeviceStatus } from './set-device-status.ts'

/** Remembers a device of the caller's, this one or another, or stops doing so. */
export const updateDeviceStatus: Operation<'UpdateDeviceStatus'> = async (request, input) => {
  const { ctx, user } = await deviceCaller(request, input.AccessToken)
  await setDeviceStatus(ctx, user, input.DeviceKey, input.DeviceRememberedStatus)
  return {}
}
