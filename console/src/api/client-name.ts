/** What is wrong with the name of an app client, which the API tells by a pattern. */
export const clientNameFault = (name: string): string | undefined => {
  const trimmed = name.trim()
  if (trimmed === '') return 'The app client needs a name.'
  return /^[\w\s+=,.@-]{1,128}$/.test(trimmed)
    ? undefined
    : 'The name of an app client has at most 128 characters: letters a to z, digits, spaces and _ + = , . @ -'
}
