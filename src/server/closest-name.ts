/** The name that somebody probably meant: the one that the fewest typing mistakes part from it; undefined when none is near. */
export const closestName = (typed: string, names: readonly string[]): string | undefined => {
  const wanted = typed.toLowerCase()
  let best: { name: string; mistakes: number } | undefined
  for (const name of names) {
    const mistakes = mistakesBetween(wanted, name.toLowerCase())
    if (mistakes <= Math.max(2, Math.floor(name.length / 4)) && mistakes < (best?.mistakes ?? Infinity)) best = { name, mistakes }
  }
  return best?.name
}

/** Letters to add, drop or change (Levenshtein). */
const mistakesBetween = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
