import type { AttributeType } from '../model/types.gen.ts'

/** A device that a user confirmed; its key alone proves nothing, the secret behind the verifier does. */
export interface Device {
  readonly poolUid: string
  readonly userId: string
  /** `<region>_<uuid>` */
  readonly key: string
  /** What the verifier is bound to besides the key. */
  readonly groupKey: string
  readonly name?: string | undefined
  /** Whether it may stand in for a second factor. */
  readonly remembered: boolean
  /** Hex, as the client chose it. */
  readonly salt: string
  /** base64, sealed under the pool's `verifiers` key with `device/<user id>/<key>` as entity. */
  readonly sealedVerifier: string
  /** The address that it was last used from. */
  readonly lastIp?: string | undefined
  /** Grows by one with every saved change. */
  readonly version: number
  readonly createdAt: number
  readonly modifiedAt: number
  readonly lastAuthenticatedAt: number
}

// DeviceKeyType, in UTF-16 units.
const longestKey = 55

/** The device key that a request brings, undefined for none; of one that is too long for a key just enough to be nobody's, as sign-ins carry it along. */
export const presentedDeviceKey = (text: string | undefined): string | undefined => text?.slice(0, longestKey + 1) || undefined

/** What a device's owner sees of it: DeviceAttributes in the sample of API_GetDevice. */
export const ownDeviceAttributes = ({ name, lastIp }: Device): AttributeType[] => [
  { Name: 'device_status', Value: 'valid' },
  ...(name === undefined ? [] : [{ Name: 'device_name', Value: name }]),
  ...(lastIp === undefined ? [] : [{ Name: 'last_ip_used', Value: lastIp }]),
]

/** Who owns a device, as AdminGetDevice names the owner. */
export interface DeviceOwner {
  readonly username: string
  readonly poolId: string
  readonly region: string
  readonly accountId: string
}

/** What administrators see of it: also the attributes that begin with `dev:` (sample of API_AdminListDevices). */
export const deviceAttributes = (device: Device, { username, poolId, region, accountId }: DeviceOwner): AttributeType[] => {
  const owner = `${username}.${poolId}`
  return [
    ...ownDeviceAttributes(device),
    { Name: 'dev:device_arn', Value: `arn:aws:cognito-idp:${region}:${accountId}:owner/${owner}/device/${device.key}` },
    { Name: 'dev:device_owner', Value: owner },
    { Name: 'dev:device_remembered_status', Value: device.remembered ? 'remembered' : 'not_remembered' },
    // guess: a device's dev:device_sdk is always "aws-sdk-unknown-unknown", the value in AWS's samples.
    { Name: 'dev:device_sdk', Value: 'aws-sdk-unknown-unknown' },
  ]
}
