/** The prime N of Cognito's SRP: RFC 3526 group 15, 3072 bits. */
const N = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
)
const g = 2n

type Bytes = Uint8Array<ArrayBuffer>

const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
const join = (...parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The shortest bytes of a number, with a zero before them where the top bit is set. */
const padded = (value: bigint): Bytes => {
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return Uint8Array.from((/^[89a-f]/.test(even) ? `00${even}` : even).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)

const modPow = (base: bigint, exponent: bigint): bigint => {
  let [result, square, rest] = [1n, base % N, exponent]
  for (; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N
    square = (square * square) % N
  }
  return result
}

const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)))

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))

/** The TIMESTAMP of a moment (epoch ms): `Sat Nov 7 09:05:03 UTC 2026`. */
export const srpTimestamp = (at: number): string => {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(at).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`
}

/** SRP_A, hexadecimal, for a secret of 32 unpredictable bytes. */
export const srpA = (secret: Uint8Array): string => modPow(g, numberOf(secret)).toString(16)

/** Who proves which password. */
export interface SrpProver {
  /** The part of the user pool's id after `_`. */
  readonly poolName: string
  readonly password: string
  readonly secret: Uint8Array
}

/**
 * The responses to PASSWORD_VERIFIER at a moment (epoch ms), from its parameters. Rejects for an SRP_B that would take any password
 * (RFC 5054 section 2.5.3).
 */
export const answerVerifier = async (
  { poolName, password, secret }: SrpProver,
  parameters: Readonly<Record<string, string>>,
  at: number,
): Promise<Record<string, string>> => {
  const { SALT = '0', SRP_B = '0', SECRET_BLOCK = '', USER_ID_FOR_SRP: userId = '' } = parameters
  const a = numberOf(secret)
  const B = BigInt(`0x${SRP_B}`)
  const u = numberOf(await sha256(padded(modPow(g, a)), padded(B)))
  if (B % N === 0n || u === 0n) throw new Error('The server sent an SRP_B that would take any password.')
  const k = numberOf(await sha256(padded(N), padded(g)))
  const x = numberOf(await sha256(padded(BigInt(`0x${SALT}`)), await sha256(utf8(`${poolName}${userId}:${password}`))))
  const base = (((B - k * modPow(g, x)) % N) + N) % N
  const shared = modPow(base, a + u * x)
  const material = await crypto.subtle.importKey('raw', padded(shared), 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: padded(u), info: utf8('Caldera Derived Key') },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 128 },
    false,
    ['sign'],
  )
  const TIMESTAMP = srpTimestamp(at)
  const message = join(utf8(poolName), utf8(userId), fromBase64(SECRET_BLOCK), utf8(TIMESTAMP))
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, message))
  return { PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK, PASSWORD_CLAIM_SIGNATURE: base64(signature), TIMESTAMP }
}
