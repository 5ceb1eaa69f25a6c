/** What is wrong with the name of a user pool, which the API tells by a pattern. */
export const poolNameFault = (name: string): string | undefined => {
  const trimmed = name.trim()
  if (trimmed === '') return 'The user pool needs a name.'
  return /^[\w\s+=,.@-]{1,128}$/.test(trimmed)
    ? undefined
    : 'The name of a user pool has at most 128 characters: letters a to z, digits, spaces and _ + = , . @ -'
}
