/** The 3072-bit prime of RFC 5054, appendix A, in hexadecimal; its generator is 2 here. */
export const srpPrime =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF'

/** Numbers and hashes as both sides of SRP compute them (RFC 5054; hexadecimal texts in two's complement form). */
const arithmetic = `
const CryptoJS = require('crypto-js')
const N = BigInt('0x${srpPrime}')
const g = BigInt(2)
const power = (base, exponent) => {
  let result = BigInt(1)
  for (let square = base % N, left = exponent; left > 0; left >>= BigInt(1)) {
    if (left & BigInt(1)) result = (result * square) % N
    square = (square * square) % N
  }
  return result
}
const padded = (number) => {
  const digits = number.toString(16)
  const even = digits.length % 2 === 0 ? digits : '0' + digits
  return /^[89a-f]/.test(even) ? '00' + even : even
}
const bytes = (hex) => CryptoJS.enc.Hex.parse(hex)
const utf8 = (text) => CryptoJS.enc.Utf8.parse(text)
const hash = (words) => CryptoJS.SHA256(words).toString()
const number = (hex) => BigInt('0x' + hex)
const random = (size) => CryptoJS.lib.WordArray.random(size)`

/** Begins an SRP sign-in: `srp_a` is sent, `srp_secret` is kept for the answer. */
export const srpBeginScript = `${arithmetic}
const a = number(random(32).toString())
pm.environment.set('srp_secret', a.toString(16))
pm.environment.set('srp_a', power(g, a).toString(16))`

/**
 * Proves the password that a variable holds for the challenge PASSWORD_VERIFIER: sets `srp_signature` and `srp_timestamp`
 * (developer guide, "SRP password sign-in").
 */
export const srpAnswerScript = (passwordVariable: string, poolVariable: string): string => `${arithmetic}
const get = (name) => pm.variables.get(name)
const poolName = get('${poolVariable}').split('_')[1]
const user = poolName + get('user_id_for_srp')
const a = number(get('srp_secret'))
const A = number(get('srp_a'))
const B = number(get('srp_b'))
const k = number(hash(bytes(padded(N) + padded(g))))
const u = number(hash(bytes(padded(A) + padded(B))))
const x = number(hash(bytes(padded(number(get('srp_salt'))) + hash(utf8(user + ':' + get('${passwordVariable}'))))))
const S = power((((B - k * power(g, x)) % N) + N) % N, a + u * x)

// HKDF with SHA-256, of which 16 bytes are used.
const extracted = CryptoJS.HmacSHA256(bytes(padded(S)), bytes(padded(u)))
const key = CryptoJS.HmacSHA256(utf8('Caldera Derived Key' + String.fromCharCode(1)), extracted)
key.sigBytes = 16
key.clamp()

const seconds = Number(pm.variables.replaceIn('{{$timestamp}}'))
const [weekday, day, month, year, time] = new Date(seconds * 1000).toUTCString().split(/[ ,]+/)
const timestamp = weekday + ' ' + month + ' ' + Number(day) + ' ' + time + ' UTC ' + year
const message = utf8(user).concat(CryptoJS.enc.Base64.parse(get('srp_secret_block'))).concat(utf8(timestamp))
pm.environment.set('srp_timestamp', timestamp)
pm.environment.set('srp_signature', CryptoJS.HmacSHA256(message, key).toString(CryptoJS.enc.Base64))`

/** Makes the secret of a new device and sets what ConfirmDevice registers, `device_salt` and `device_verifier` (developer guide, "Device tracking"). */
export const deviceVerifierScript = `${arithmetic}
const secret = random(40).toString(CryptoJS.enc.Base64)
const salt = padded(number(random(16).toString()))
const names = pm.variables.get('device_group_key') + pm.variables.get('device_key')
const x = number(hash(bytes(salt + hash(utf8(names + ':' + secret)))))
pm.environment.set('device_secret', secret)
pm.environment.set('device_salt', bytes(salt).toString(CryptoJS.enc.Base64))
pm.environment.set('device_verifier', bytes(padded(power(g, x))).toString(CryptoJS.enc.Base64))`
