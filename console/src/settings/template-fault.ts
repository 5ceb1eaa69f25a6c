import type { FieldFault } from '../api/form-fault.ts'

/** A message that is typed, and what the API wants of it. */
export interface Template {
  /** The name of its field. */
  readonly field: string
  /** What it is called in a sentence. */
  readonly what: string
  readonly text: string
  /** What the text has to contain. */
  readonly carries: 'code' | 'link'
  readonly most: number
}

const places = {
  code: { pattern: /\{####\}/, says: '{####}, which becomes the code' },
  link: { pattern: /\{##[\s\S]*##\}/, says: 'a place for the link, such as {##Verify your email##}' },
} as const

/** What is wrong with a message; nothing where it is empty, which means the default one. */
export const templateFault = ({ field, what, text, carries, most }: Template): FieldFault | undefined => {
  if (text === '') return undefined
  if (text.length > most) return { field, says: `The ${what} has at most ${most.toLocaleString('en')} characters.` }
  const { pattern, says } = places[carries]
  return pattern.test(text) ? undefined : { field, says: `The ${what} has to contain ${says}.` }
}

/** What is wrong with an SMS that carries a code. */
export const smsFault = (text: string): FieldFault | undefined =>
  templateFault({ field: 'sms', what: 'SMS message', text, carries: 'code', most: 140 })

/** What is wrong with an e-mail that carries a code. */
export const emailFault = (text: string): FieldFault | undefined =>
  templateFault({ field: 'message', what: 'email message', text, carries: 'code', most: 20_000 })
