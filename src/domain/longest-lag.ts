/** ms after which configuration and signing keys that another process changed are seen in this one. */
export const longestLag = 250
