const faultOf =
  (what: string) =>
  (name: string): string | undefined => {
    const trimmed = name.trim()
    if (trimmed === '') return `The ${what} needs a name.`
    return /^[\w\s+=,.@-]{1,128}$/.test(trimmed)
      ? undefined
      : `The name of ${what === 'app client' ? 'an' : 'a'} ${what} has at most 128 characters: letters a to z, digits, spaces and _ + = , . @ -`
  }

/** What is wrong with the name of an app client, which the API tells by a pattern. */
export const clientNameFault = faultOf('app client')

/** The same of a user pool. */
export const poolNameFault = faultOf('user pool')
