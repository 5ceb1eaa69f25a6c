import type { Context } from '../context.ts'
import type { Device } from '../domain/device.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { deviceNotFound, deviceTrackingOff } from '../errors.ts'
import type { NewDeviceMetadataType } from '../model/types.gen.ts'
import { amendRecord } from './amend-record.ts'

/** The keys of a device that a sign-in meets for the first time (NewDeviceMetadata). */
export type NewDevice = Required<NewDeviceMetadataType>

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The group key that a user's device always has: a hyphen and eight characters; no secret, and the same whenever it is asked for. */
export const deviceGroupKey = async (ctx: Context, pool: UserPool, user: User, deviceKey: string): Promise<string> => {
  const print = await ctx.keyring.fingerprint('verifiers', pool.uid, `device-group/${user.id}/${deviceKey}`)
  return `-${Array.from(print.subarray(0, 8), (byte) => letters[byte % letters.length]).join('')}`
}

/** Keys for a device that nobody has confirmed yet; nothing is stored until ConfirmDevice. */
export const newDevice = async (ctx: Context, pool: UserPool, user: User): Promise<NewDevice> => {
  const DeviceKey = `${pool.region}_${ctx.random.uuid()}`
  return { DeviceKey, DeviceGroupKey: await deviceGroupKey(ctx, pool, user, DeviceKey) }
}

/** Throws InvalidUserPoolConfigurationException for a pool that does not track devices. */
export const requireDeviceTracking = (pool: UserPool): void => {
  if (pool.DeviceConfiguration === undefined) throw deviceTrackingOff(pool.Id)
}

/** The device that the user confirmed under the key; throws ResourceNotFoundException. */
export const openDevice = async (ctx: Context, user: User, key: string): Promise<Device> => {
  const device = await ctx.store.devices.byKey(user.poolUid, user.id, key)
  if (device === undefined) throw deviceNotFound()
  return device
}

/**
 * The same, for a device that may prove itself.
 * guess: a device that stopped being remembered while it signs in is treated as one that does not exist.
 */
export const openRememberedDevice = async (ctx: Context, user: User, key: string): Promise<Device> => {
  const device = await openDevice(ctx, user, key)
  // Where both are there, a version before this one let the device come back.
  if (!device.remembered || (await isForgotten(ctx, user, key))) throw deviceNotFound()
  return device
}

/**
 * Throws ResourceNotFoundException when a sign-in brings the key of a device that the user has not, which is what makes AWS's clients drop
 * the key and try again. To be asked only after the first factor was proved, and before the proof is used up: they send it once more.
 * guess: where the pool tracks no devices, a DEVICE_KEY is ignored.
 */
export const requirePresentedDevice = async (ctx: Context, pool: UserPool, user: User, key: string | undefined): Promise<void> => {
  if (pool.DeviceConfiguration !== undefined && key) await openDevice(ctx, user, key)
}

/** Changes a device in one write, decided anew on every lost race; throws what `open` throws, and TooManyRequestsException after five. */
export const amendDevice = async (ctx: Context, open: () => Promise<Device>, change: (device: Device) => Device): Promise<void> => {
  await amendRecord(open, change, (device) => ctx.store.devices.update(ctx.by(), device))
}

/** The longest life of a refresh token, in ms (API_CreateUserPoolClient: ten years). */
const longestRefresh = 3650 * 86_400_000

/**
 * Deletes the device and remembers that its key is void (developer guide, "Forget a device": registering it again needs a new key).
 * Throws ResourceNotFoundException.
 */
export const forgetDevice = async (ctx: Context, { poolUid, id: userId }: User, key: string): Promise<void> => {
  const outcome = await ctx.store.devices.forget(ctx.by(), { poolUid, userId, key }, ctx.clock.now() + longestRefresh)
  if (outcome === 'absent') throw deviceNotFound()
}

/** Whether the user's device with the key was forgotten: tokens of its sessions must not be refreshed, nor bring it back. */
export const isForgotten = (ctx: Context, { poolUid, id: userId }: User, key: string): Promise<boolean> =>
  ctx.store.devices.isForgotten({ poolUid, userId, key })
