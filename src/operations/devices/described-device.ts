import type { Context } from '../../context.ts'
import { type Device, deviceAttributes, ownDeviceAttributes } from '../../domain/device.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { AttributeType, DeviceType } from '../../model/types.gen.ts'

const described = (device: Device, attributes: AttributeType[]): DeviceType => ({
  DeviceKey: device.key,
  DeviceAttributes: attributes,
  DeviceCreateDate: device.createdAt,
  DeviceLastModifiedDate: device.modifiedAt,
  // In whole seconds, as in all samples of AWS.
  DeviceLastAuthenticatedDate: Math.floor(device.lastAuthenticatedAt / 1000) * 1000,
})

/** The wire form of a device for its owner. */
export const ownDevice = (device: Device): DeviceType => described(device, ownDeviceAttributes(device))

/** The wire form of a device for administrators. */
export const describedDevice = ({ policy }: Context, { Id, region }: UserPool, { username }: User, device: Device): DeviceType =>
  described(device, deviceAttributes(device, { username, poolId: Id, region, accountId: policy.accountId }))
