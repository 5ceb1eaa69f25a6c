import { randomBytes } from 'node:crypto'
import { createSrpClient, type SrpSlips, verifierOf } from './srp-client.ts'

/** The keys of a device, as NewDeviceMetadata carries them. */
export interface DeviceKeys {
  readonly DeviceKey: string
  readonly DeviceGroupKey: string
}

/** A device with a secret of its own (developer guide, "Signing in with a device"). */
export interface DeviceClient extends DeviceKeys {
  /** What ConfirmDevice registers. */
  readonly DeviceSecretVerifierConfig: { readonly Salt: string; readonly PasswordVerifier: string }
  /** One exchange: SRP_A, and the ChallengeResponses for what the server said. */
  readonly begin: () => {
    readonly SRP_A: string
    readonly answer: (parameters: Readonly<Record<string, string>>, at: number, slips?: SrpSlips) => Record<string, string>
  }
}

/** Makes a secret for the keys. */
export const createDeviceClient = ({ DeviceKey, DeviceGroupKey }: DeviceKeys): DeviceClient => {
  const secret = randomBytes(40).toString('base64')
  const salt = Buffer.concat([Buffer.of(0x01), randomBytes(15)])
  return {
    DeviceKey,
    DeviceGroupKey,
    DeviceSecretVerifierConfig: {
      Salt: salt.toString('base64'),
      PasswordVerifier: verifierOf(DeviceGroupKey, DeviceKey, secret, salt).toString('base64'),
    },
    begin: () => {
      const srp = createSrpClient('')
      return {
        SRP_A: srp.srpA,
        answer: (parameters, at, slips = {}) => ({
          ...srp.answer(parameters, secret, at, {
            poolName: DeviceGroupKey,
            userId: DeviceKey,
            username: parameters['USERNAME'] ?? '',
            ...slips,
          }),
          DEVICE_KEY: DeviceKey,
        }),
      }
    },
  }
}
