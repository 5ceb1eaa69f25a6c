import { encode } from 'uqr'
import { type Html, html } from '../html.ts'

/** A text as a QR code, dark on light in every mode because scanners want it so; `label` says what it is. */
export const qrCode = ({ text, label }: { readonly text: string; readonly label: string }): Html => {
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  // One stroke for each run of dark cells is a third of one square for each cell, and less still from where the last one ended.
  let [penX, penY] = [0, 0]
  const runs = data
    .flatMap((row, y) => runsOf(row).map(([x, length]) => ({ x, y, length })))
    .map(({ x, y, length }) => {
      const stroke = `m${x - penX} ${y - penY}h${length}`
      ;[penX, penY] = [x + length, y]
      return stroke
    })
    .join('')
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="192" height="192" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="M0 .5${runs}"/></svg>`
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
