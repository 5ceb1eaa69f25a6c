import type { SetUp } from '../../api/operator-session.ts'

/** A QR code, dark on light in every mode because scanners want it so. */
export const QrCode = ({ qr: { size, path }, label }: { readonly qr: SetUp['qr']; readonly label: string }) => (
  <svg
    className="qr-code"
    role="img"
    aria-label={label}
    viewBox={`0 0 ${size} ${size}`}
    width="184"
    height="184"
    shapeRendering="crispEdges"
  >
    <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
    <path stroke="#000" d={path} />
  </svg>
)
