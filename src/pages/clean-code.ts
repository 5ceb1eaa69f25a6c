const zeros = [0x30, 0x660, 0x6f0, 0xff10]

/** A code as it was meant: without spaces and dashes, and with digits of other scripts (Arabic, Persian, full width) as ASCII ones. */
export const cleanCode = (typed: string): string =>
  typed.replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '').replaceAll(/\p{Nd}/gu, (digit) => {
    const zero = zeros.find((first) => digit.charCodeAt(0) >= first && digit.charCodeAt(0) < first + 10)
    return zero === undefined ? digit : String(digit.charCodeAt(0) - zero)
  })
