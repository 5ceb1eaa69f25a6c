import type { Folder, Item } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { deviceVerifierScript } from '../scripts/srp.ts'

const device = { DeviceKey: '{{device_key}}' }
const metadata = 'AuthenticationResult.NewDeviceMetadata'

const confirmed = ({ practice, signIn }: ResourceCalls, title: string): Item[] => [
  signIn(title, { device_key: `${metadata}.DeviceKey`, device_group_key: `${metadata}.DeviceGroupKey` }),
  practice(
    'ConfirmDevice',
    {
      ...device,
      DeviceName: 'Postman',
      DeviceSecretVerifierConfig: { Salt: '{{device_salt}}', PasswordVerifier: '{{device_verifier}}' },
    },
    { title, before: [deviceVerifierScript] },
  ),
]

/** Operations on remembered devices. */
export const devicesFolder = (calls: ResourceCalls): Folder => {
  const { practice } = calls
  return {
    name: 'Devices',
    item: [
      ...confirmed(calls, 'a new device'),
      practice('ListDevices', { Limit: 10 }),
      practice('GetDevice', { AccessToken: '{{practice_access_token}}', ...device }),
      practice('UpdateDeviceStatus', { ...device, DeviceRememberedStatus: 'not_remembered' }),
      practice('AdminListDevices', { Limit: 10 }),
      practice('AdminGetDevice', device),
      practice('AdminUpdateDeviceStatus', { ...device, DeviceRememberedStatus: 'remembered' }),
      practice('ForgetDevice', { AccessToken: '{{practice_access_token}}', ...device }),
      ...confirmed(calls, 'another device'),
      practice('AdminForgetDevice', device),
    ],
  }
}
