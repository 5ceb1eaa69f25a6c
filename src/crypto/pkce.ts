import { hash } from 'node:crypto'
import { equalText } from './constant-time.ts'

/** The `S256` code challenge of a verifier (RFC 7636 section 4.2). */
export const codeChallengeOf = (verifier: string): string => hash('sha256', verifier, 'base64url')

const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/

/** Whether a well-formed verifier (RFC 7636 section 4.1) belongs to an `S256` challenge; compares in constant time. */
export const verifiesChallenge = (verifier: string, challenge: string): boolean =>
  verifierForm.test(verifier) && equalText(codeChallengeOf(verifier), challenge)
