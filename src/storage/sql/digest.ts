import { hash } from 'node:crypto'

/** SHA-256 of the text's UTF-8, 64 hex digits: stands in keys for what is long or should not be read there. */
export const digest = (...parts: readonly string[]): string => hash('sha256', parts.join('\0'), 'hex')

/** Spreads rows that arrive in the order of time over 16 ranges (0..15) of a key, by the end of a random text. */
export const bucketOf = (text: string): number => (text.charCodeAt(text.length - 1) * 7 + text.charCodeAt(text.length - 2)) & 15

/** All values of `bucketOf`. */
export const buckets: readonly number[] = Array.from({ length: 16 }, (_, bucket) => bucket)
