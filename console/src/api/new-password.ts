import { operatorPasswordFault } from '../../../src/domain/operator-account.ts'

/** What a new password of an operator has to be. */
export const passwordRule =
  'At least 12 characters. Not your name, and none of the passwords that are known from leaks. Several words are easier to keep in mind.'

/** What is wrong with a new password that was typed twice, as a sentence; what leaked is for the server to say. */
export const newPasswordFault = (password: string, again: string, name: string): string | undefined =>
  operatorPasswordFault(password, name) ?? (password === again ? undefined : 'The two passwords are not the same.')

/** What is wrong with the digits of an authenticator, as a sentence. */
export const codeFault = (code: string): string | undefined =>
  /^\d{6}$/.test(code.replace(/\s/g, '')) ? undefined : 'Enter the six digits that your authenticator app shows now.'
