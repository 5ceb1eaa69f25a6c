import { createHmac } from 'node:crypto'
import { equalText } from './constant-time.ts'

/** Length of a time step, in ms (RFC 6238 section 4.1). */
export const totpStepLength = 30_000
const digits = 6
/** A code of the step before or after now is good too (developer guide, "TOTP software token MFA"). */
const drift = 1

/** The code for a counter: HMAC-SHA1, dynamically truncated to six digits (RFC 4226 section 5.3). */
export const hotp = (secret: Uint8Array, counter: number): string => {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', secret).update(message).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The step that epoch milliseconds fall into. */
export const totpStep = (at: number): number => Math.floor(at / totpStepLength)

/** The time step whose code was typed, when it is one of the present step and its neighbours (RFC 6238); compares in constant time. */
export const matchingStep = (secret: Uint8Array, typed: string, at: number): number | undefined => {
  const now = totpStep(at)
  const steps = Array.from({ length: 2 * drift + 1 }, (_, place) => now - drift + place).filter((step) => step >= 0)
  const matches = steps.filter((step) => equalText(hotp(secret, step), typed))
  return matches.at(-1)
}
