/**
 * The dark cells of a QR code as data of an SVG path with strokes one cell wide: one for each run of them, which is a third of one square
 * for each cell, and less still from where the last one ended.
 */
export const qrPath = (rows: readonly (readonly boolean[])[]): string => {
  let [penX, penY] = [0, 0]
  const runs = rows
    .flatMap((row, y) => runsOf(row).map(([x, length]) => ({ x, y, length })))
    .map(({ x, y, length }) => {
      const stroke = `m${x - penX} ${y - penY}h${length}`
      ;[penX, penY] = [x + length, y]
      return stroke
    })
  return `M0 .5${runs.join('')}`
}

const runsOf = (row: readonly boolean[]): [x: number, length: number][] => {
  const runs: [number, number][] = []
  row.forEach((dark, x) => {
    const last = runs.at(-1)
    if (!dark) return
    if (last && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  })
  return runs
}
