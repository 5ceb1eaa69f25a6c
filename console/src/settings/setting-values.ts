/** A text of a form as a member of a request: nothing where nothing was typed. */
export const textOrNone = (text: string): string | undefined => (text.trim() === '' ? undefined : text)

/** Why a text is no whole number in this range, as a sentence about `what`. */
export const numberFault = (what: string, text: string, least: number, most: number): string | undefined =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
    ? undefined
    : `${what} is a whole number from ${least} to ${most}.`
