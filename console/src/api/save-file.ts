import type { NamedFile } from './postman-files.ts'

/** Has the browser save a text as a file. */
export const saveFile = ({ name, text }: NamedFile): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has to have begun before the address goes.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
