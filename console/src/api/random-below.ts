/** A random whole number from 0 to n - 1, each as likely as the others; n is at most 2^32. */
export const randomBelow = (n: number): number => {
  const limit = 2 ** 32 - (2 ** 32 % n)
  const drawn = new Uint32Array(1)
  do crypto.getRandomValues(drawn)
  while ((drawn[0] ?? 0) >= limit)
  return (drawn[0] ?? 0) % n
}
