import { openRememberedDevice } from '../../flows/devices.ts'
import type { Operation } from '../operation.ts'
import { ownDevice } from './described-device.ts'
import { deviceCaller } from './device-caller.ts'

/** A remembered device of the caller's; one that is not remembered is shown to administrators only. */
export const getDevice: Operation<'GetDevice'> = async (request, input) => {
  const { ctx, user } = await deviceCaller(request, input.AccessToken)
  return { Device: ownDevice(await openRememberedDevice(ctx, user, input.DeviceKey)) }
}
