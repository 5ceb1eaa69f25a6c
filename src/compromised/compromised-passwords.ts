/** Knows passwords that others know too. */
export interface CompromisedPasswords {
  /** Whether the password is in a list of leaked or much used ones. */
  includes(password: string): Promise<boolean>
  close(): Promise<void>
}
