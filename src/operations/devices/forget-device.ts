import { forgetDevice as forget } from '../../flows/devices.ts'
import type { Operation } from '../operation.ts'
import { deviceCaller } from './device-caller.ts'

/** Deletes a device of the caller's, this one or another; its sessions can't be refreshed any more. */
export const forgetDevice: Operation<'ForgetDevice'> = async (request, input) => {
  const { ctx, user } = await deviceCaller(request, input.AccessToken)
  await forget(ctx, user, input.DeviceKey)
}
