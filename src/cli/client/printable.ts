const unfit = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/**
 * A text as a terminal may get it: what controls terminals and the direction of writing is replaced by U+FFFD, so that no server moves the
 * cursor, hides a line or sets a title. Line breaks stay.
 */
export const printable = (text: string): string => text.replace(unfit, '\ufffd')

/** The same in one line, for words of a server within a sentence of ours. */
export const printableLine = (text: string): string => printable(text.replace(/[\t\r\n]+/g, ' '))
