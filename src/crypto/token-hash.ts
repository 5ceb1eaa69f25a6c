import { hash } from 'node:crypto'

/** `at_hash` of an access token beside an ID token that RS256 signs: the left half of its SHA-256 (OpenID Connect Core 3.1.3.6). */
export const tokenHash = (accessToken: string): string => hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url')
