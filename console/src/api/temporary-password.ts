// Without letters and digits that look alike: such passwords are read out and typed off.
const kinds = {
  RequireUppercase: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  RequireLowercase: 'abcdefghijkmnpqrstuvwxyz',
  RequireNumbers: '23456789',
  RequireSymbols: '!#%+-=?@_',
} as const

/**
 * A password of at least 16 characters and `minimum` with every kind that a pool's policy can require; `below(n)` answers a random whole
 * number from 0 to n - 1.
 */
export const temporaryPassword = (below: (n: number) => number, minimum = 16): string => {
  const pick = (from: string) => from.charAt(below(from.length))
  const all = Object.values(kinds).join('')
  const must = Object.values(kinds).map(pick)
  const letters = [...must, ...Array.from({ length: Math.max(16, minimum) - must.length }, () => pick(all))]
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = below(at + 1)
    ;[letters[at], letters[other]] = [letters[other] ?? '', letters[at] ?? '']
  }
  return letters.join('')
}
