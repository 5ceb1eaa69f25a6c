/** The bytes of canonical base64url (RFC 7515 section 2, no padding), or undefined for any other spelling. */
export const decodeBase64Url = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url')
  // Node skips what it does not know; only the canonical spelling comes back unchanged, so one value has one text.
  return bytes.toString('base64url') === text ? bytes : undefined
}
