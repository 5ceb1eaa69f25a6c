import type { Clock } from '../../clock.ts'
import { hotp, totpStep, totpStepLength } from '../../crypto/totp.ts'
import { Refusal } from '../client/refusal.ts'
import type { Mailbox } from './mailbox.ts'
import type { Terminal } from './terminal.ts'
import type { TokenRequest } from './token-request.ts'

/** Where the codes of a sign-in come from. */
export interface Codes {
  /** Before anything is sent: a code in the mailbox that is there already is not the one. */
  begin(): Promise<void>
  /** The code that was sent; `destination` is masked, as servers show it. Throws a Refusal where none is found. */
  sent(destination: string | undefined): Promise<string>
  /** What the user's authenticator app shows. Throws a Refusal without its secret. */
  totp(): Promise<string>
  /** Waits until the app shows another code; answers false where nobody knows the app's secret. */
  nextTotp(): Promise<boolean>
}

/** What codes are found with. */
export interface CodeSources {
  readonly request: Pick<TokenRequest, 'codePrompt' | 'totpSecret' | 'username'>
  readonly mailbox: Mailbox
  readonly terminal: Terminal
  readonly clock: Clock
  /** Resolves after so many milliseconds. */
  readonly sleep: (wait: number) => Promise<unknown>
}

/** Codes by the request: an app's made from its secret, sent ones from the mailbox, or all from whoever sits at the terminal. */
export const createCodes = ({ request: { codePrompt, totpSecret, username }, mailbox, terminal, clock, sleep }: CodeSources): Codes => {
  const ask = async (question: string): Promise<string> => {
    const code = (await terminal.line(question))?.replaceAll(/\s/g, '')
    if (code) return code
    throw new Refusal('No code was typed.')
  }
  return {
    begin: async () => {
      if (!codePrompt) await mailbox.begin()
    },
    sent: (destination) => (codePrompt ? ask(`Code sent to ${destination ?? username}: `) : mailbox.code(destination)),
    totp: async () => {
      if (totpSecret !== undefined) return hotp(totpSecret, totpStep(clock.now()))
      if (codePrompt) return ask(`Code of ${username}'s authenticator app: `)
      throw new Refusal(`The server asks for the code of ${username}'s authenticator app.`, {
        advice: 'Give the secret that the app was set up with as --totp-secret, or type the code with --code-prompt.',
      })
    },
    nextTotp: async () => {
      if (totpSecret === undefined) return false
      const wait = totpStepLength - (clock.now() % totpStepLength)
      process.stderr.write(`The app's code was used already; waiting ${Math.ceil(wait / 1000)} s for the next one.\n`)
      await sleep(wait)
      return true
    },
  }
}
