/** Puts the SECRET_HASH of the user whose name a variable holds into `secret_hash` (developer guide, "Computing secret hash values"). */
export const secretHashScript = (nameVariable: string): string => `
// The base64 of HMAC-SHA256 over user name and client id, keyed with the client's secret.
const CryptoJS = require('crypto-js')
const message = pm.variables.get('${nameVariable}') + pm.variables.get('client_id')
pm.environment.set('secret_hash', CryptoJS.HmacSHA256(message, pm.variables.get('client_secret')).toString(CryptoJS.enc.Base64))`
