/** Read at the first question: pools without threat protection never pay for the list. */
const load = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** What rules about capitals and symbols make people put around a word. */
const trimmed = (password: string): string => password.replace(/[^\p{L}\p{N}]+$/u, '')

/** Whether a password, in lower case and with or without the symbols at its end, is one of about 50,000 that people use most. */
export const createCommonPasswords = (): ((password: string) => Promise<boolean>) => {
  let list: Promise<ReadonlySet<string>> | undefined
  return async (password) => {
    list ??= load()
    const common = await list
    const folded = password.toLowerCase()
    return common.has(folded) || common.has(trimmed(folded))
  }
}
