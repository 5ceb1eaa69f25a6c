/** Makes `code_verifier` and `code_challenge` (RFC 7636, S256). */
export const pkceScript = `
const CryptoJS = require('crypto-js')
const base64url = (words) => words.toString(CryptoJS.enc.Base64).replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=+$/, '')
const verifier = base64url(CryptoJS.lib.WordArray.random(32))
pm.environment.set('code_verifier', verifier)
pm.environment.set('code_challenge', base64url(CryptoJS.SHA256(verifier)))`
