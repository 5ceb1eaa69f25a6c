/** What a person is told of an error: the sentence of a fault that the program foresaw; of anything else the stack, which is the only clue. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError || error instanceof SyntaxError
  return isBug ? (error.stack ?? error.message) : error.message
}
