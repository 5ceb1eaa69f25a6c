import type { Services } from '../context.ts'
import type { HashLine } from './hash-line.ts'

/** What signing operators in and looking after them is made of. */
export interface OperatorServices
  extends Pick<Services, 'store' | 'clock' | 'random' | 'keyring' | 'compromisedPasswords' | 'log' | 'meter'> {
  readonly hashing: HashLine
  /** The address before /console under which operators open the console, without a trailing slash. */
  readonly adminUrl: () => string
}
