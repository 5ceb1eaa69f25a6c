import { encode } from 'uqr'
import { qrPath } from '../../domain/qr-path.ts'
import { type Html, html } from '../html.ts'

/** A text as a QR code, dark on light in every mode because scanners want it so; `label` says what it is. */
export const qrCode = ({ text, label }: { readonly text: string; readonly label: string }): Html => {
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="192" height="192" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${qrPath(data)}"/></svg>`
}
