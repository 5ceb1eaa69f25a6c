/**
 * Plays an authenticator for `passkey_options` and sets `passkey_credential`, the JSON that a browser would make of it (WebAuthn Level 3,
 * sections 5.1.3 and 6.5). Nobody has the private key of this passkey: its public key is the base point of P-256.
 */
export const passkeyScript = `
const CryptoJS = require('crypto-js')
const options = JSON.parse(pm.variables.get('passkey_options'))
const hex = (text) => CryptoJS.enc.Utf8.parse(text).toString()
const size = (length) => length.toString(16).padStart(4, '0')
const base64url = (octets) =>
  CryptoJS.enc.Hex.parse(octets).toString(CryptoJS.enc.Base64).replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=+$/, '')
const text = (value) => (0x60 + value.length).toString(16) + hex(value) // CBOR

const id = CryptoJS.lib.WordArray.random(32).toString()
const point = [
  '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
  '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
]
// COSE: {kty: EC2, alg: ES256, crv: P-256, x, y}
const publicKey = 'a5010203262001215820' + point[0] + '225820' + point[1]
const flags = '45' // user present, user verified, with attested data
const authenticatorData =
  CryptoJS.SHA256(options.rp.id).toString() + flags + '00000000' + '0'.repeat(32) + size(id.length / 2) + id + publicKey
const attestation =
  'a3' + text('fmt') + text('none') + text('attStmt') + 'a0' + text('authData') + '59' + size(authenticatorData.length / 2) + authenticatorData
const local = options.rp.id === 'localhost'
const client = { type: 'webauthn.create', challenge: options.challenge, origin: (local ? 'http://' : 'https://') + options.rp.id, crossOrigin: false }
pm.environment.set('passkey_credential', JSON.stringify({
  id: base64url(id),
  rawId: base64url(id),
  type: 'public-key',
  authenticatorAttachment: 'platform',
  clientExtensionResults: {},
  response: {
    clientDataJSON: base64url(hex(JSON.stringify(client))),
    attestationObject: base64url(attestation),
    transports: ['internal'],
  },
}))`
