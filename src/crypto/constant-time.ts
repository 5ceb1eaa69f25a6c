import { hash, timingSafeEqual } from 'node:crypto'

/** Whether two byte strings are equal, in a time that tells nothing about where they differ; lengths may differ. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => timingSafeEqual(digest(a), digest(b))

/** Whether two texts are equal in UTF-8, in a time that tells nothing about where they differ; lengths may differ. */
export const equalText = (a: string, b: string): boolean => equalBytes(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))

// timingSafeEqual refuses unequal lengths, and answering early would tell the length of the secret.
const digest = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')
