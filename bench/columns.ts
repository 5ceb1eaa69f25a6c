/** Lines of cells under each other: numbers end, and words of the first column and of the one at `left` begin, at the same place. */
export const columns = (rows: readonly (readonly string[])[], left = 0): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const cell = (text: string, column: number) =>
    column === 0 || column === left ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('')
}
