/** Tags that one resource may carry (AWS tagging rules). */
export const tagsPerResource = 50

/** Why a pool can't carry these tags together with those it has (InvalidParameterException); guess: the sentences. */
export const tagsFault = (tags: Readonly<Record<string, string>>): string | undefined => {
  const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined) return `The tag key ${reserved} is reserved: keys must not begin with aws:.`
  return Object.keys(tags).length > tagsPerResource ? `A resource can have at most ${tagsPerResource} tags.` : undefined
}
