import type { Operation } from '../operation.ts'
import { ownDevice } from './described-device.ts'
import { deviceCaller } from './device-caller.ts'
import { devicesPage } from './devices-page.ts'

/** The caller's remembered devices, a page at a time; others are shown to administrators only. */
export const listDevices: Operation<'ListDevices'> = async (request, input) => {
  const { ctx, user } = await deviceCaller(request, input.AccessToken)
  const { devices, PaginationToken } = await devicesPage(ctx, user, input, ({ remembered }) => remembered)
  return { Devices: devices.map(ownDevice), PaginationToken }
}
