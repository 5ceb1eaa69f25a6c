const size = 51
const mask = (1n << BigInt(size)) - 1n

/** How many limbs a number has in the arithmetic of fixed-base-power.wat. */
export const limbCount = 61

/** By how many bits a multiplication of fixed-base-power.wat divides: its R is 2^3111. */
export const montgomeryBits = BigInt(limbCount * size)

/** A non-negative number as limbs of 51 bits, least significant first; throws RangeError when it does not fit. */
export const toLimbs = (value: bigint): Float64Array => {
  if (value < 0n || value >> montgomeryBits !== 0n) throw new RangeError(`number does not fit ${limbCount} limbs`)
  return Float64Array.from({ length: limbCount }, (_, index) => Number((value >> BigInt(index * size)) & mask))
}
