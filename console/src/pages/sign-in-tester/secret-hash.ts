const utf8 = (text: string) => new TextEncoder().encode(text)

/** SECRET_HASH: the HMAC-SHA256 over user name and client id under the client secret, base64 (developer guide, "Computing secret hash values"). */
export const secretHash = async (username: string, clientId: string, secret: string): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, utf8(username + clientId))
  return btoa(String.fromCharCode(...new Uint8Array(mac)))
}
