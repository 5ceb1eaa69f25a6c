import type { Context } from '../context.ts'
import { parseVerifier } from '../crypto/srp.ts'
import type { Device } from '../domain/device.ts'
import { invalidParameter, missingParameter } from '../errors.ts'
import type { DeviceSecretVerifierConfigType } from '../model/types.gen.ts'

/** What ConfirmDevice registers: the salt in hex, and the verifier as 384 bytes. */
export interface DeviceSecret {
  readonly salt: string
  readonly verifier: Uint8Array
}

/** AWS's clients send 16 bytes and a sign byte. */
const longestSalt = 64
/** 384 bytes, a sign byte, and room for leading zeros. */
const longestVerifier = 400

const decoded = (name: string, text: string | undefined, atMost: number): Buffer => {
  if (!text) throw missingParameter(name)
  // Length first: decoding takes time, and the wire bounds neither member.
  const wellFormed = text.length <= 2 * atMost && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
  const bytes = Buffer.from(wellFormed ? text : '', 'base64')
  if (bytes.length === 0 || bytes.length > atMost) throw invalidParameter(`${name} is not valid.`)
  return bytes
}

/**
 * The salt and verifier that a client registers for a device; throws InvalidParameterException for what no secret leads to.
 * guess: ConfirmDevice without DeviceSecretVerifierConfig, or with values that can't be used, is refused with InvalidParameterException.
 */
export const parseDeviceSecret = (config: DeviceSecretVerifierConfigType | undefined): DeviceSecret => {
  const salt = decoded('DeviceSecretVerifierConfig.Salt', config?.Salt, longestSalt)
  const verifier = parseVerifier(decoded('DeviceSecretVerifierConfig.PasswordVerifier', config?.PasswordVerifier, longestVerifier))
  if (verifier === undefined) throw invalidParameter('DeviceSecretVerifierConfig.PasswordVerifier is not valid.')
  return { salt: salt.toString('hex'), verifier }
}

const entity = ({ userId, key }: Pick<Device, 'userId' | 'key'>): string => `device/${userId}/${key}`

/** The verifier as a device keeps it, base64. */
export const sealDeviceVerifier = (
  ctx: Context,
  device: Pick<Device, 'poolUid' | 'userId' | 'key'>,
  verifier: Uint8Array,
): Promise<string> => ctx.keyring.seal('verifiers', device.poolUid, entity(device), verifier)

/** The verifier of a stored device; one that does not open is a fault of the store, not of the caller. */
export const openDeviceVerifier = async (ctx: Context, device: Device): Promise<Uint8Array> => {
  const verifier = await ctx.keyring.open('verifiers', device.poolUid, entity(device), device.sealedVerifier)
  if (verifier === undefined) throw new Error(`the verifier of device ${device.key} does not open`)
  return verifier
}
