/**
 * A function `withTotp(then)` that calls `then` with a code of the software token whose secret is in `totp_secret` (RFC 6238). Each code is
 * good once, and those of the step before and after now are good too: only the fourth code within 90 seconds has to wait.
 */
export const totpFunction = `
const withTotp = (then) => {
  const CryptoJS = require('crypto-js')
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...pm.variables.get('totp_secret')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const octets = bits.match(/.{8}/g).map((octet) => parseInt(octet, 2).toString(16).padStart(2, '0')).join('')
  const now = Number(pm.variables.replaceIn('{{$timestamp}}'))
  // The code of the step before: unless that is too old by the time it arrives.
  const step = Math.max(Number(pm.variables.get('totp_step') || 0) + 1, Math.floor((now + 5) / 30) - 1)
  const counter = CryptoJS.enc.Hex.parse(step.toString(16).padStart(16, '0'))
  const mac = CryptoJS.HmacSHA1(counter, CryptoJS.enc.Hex.parse(octets)).toString()
  const offset = parseInt(mac.slice(-1), 16) * 2
  const code = String((parseInt(mac.slice(offset, offset + 8), 16) & 0x7fffffff) % 1000000).padStart(6, '0')
  pm.environment.set('totp_step', String(step))
  const wait = ((step - 1) * 30 + 1 - now) * 1000 // Postman rounds its timestamp, maybe up
  if (wait > 0) setTimeout(() => then(code), wait)
  else then(code)
}`

/** Puts such a code into `totp_code`. */
export const totpScript = `${totpFunction.trim()}
withTotp((code) => pm.environment.set('totp_code', code))`
