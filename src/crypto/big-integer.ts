/** The non-negative number that big-endian bytes stand for; no bytes are zero. */
export const toBigInt = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`)

/** A non-negative number as exactly `size` big-endian bytes; throws RangeError when it does not fit. */
export const fromBigInt = (value: bigint, size: number): Buffer => {
  const hex = value.toString(16).padStart(size * 2, '0')
  if (value < 0n || hex.length > size * 2) throw new RangeError(`number does not fit ${size} bytes`)
  return Buffer.from(hex, 'hex')
}
