/** A message to a person. */
export interface Message {
  readonly medium: 'EMAIL' | 'SMS'
  readonly destination: string
  /** Empty for SMS. */
  readonly subject: string
  /** HTML for e-mail, plain for SMS. */
  readonly body: string
  /** The plain-text part of an e-mail, where it is not made from the HTML. */
  readonly text?: string | undefined
  /** The code or temporary password that the body carries, for the mailbox. */
  readonly code?: string | undefined
  /** The pool's own sender settings, where it has some. */
  readonly from?: string | undefined
  readonly replyTo?: string | undefined
  /** What the message is for, in the words of the CustomMessage trigger: `SignUp`, `Authentication`, ... */
  readonly kind?: string | undefined
  readonly userPoolId?: string | undefined
  readonly clientId?: string | undefined
}

/** Sends messages; a promise that rejects means that the message did not leave (CodeDeliveryFailureException). */
export interface Delivery {
  deliver(message: Message): Promise<void>
  close(): Promise<void>
}

/** A message that was kept instead of sent. */
export interface KeptMessage extends Message {
  /** Epoch milliseconds. */
  readonly sentAt: number
}

/** A delivery that keeps messages for reading (`dev`). */
export interface Mailbox extends Delivery {
  /** Newest first; `to` compares the whole destination, whatever its case. */
  messages(to?: string): KeptMessage[]
  clear(): void
}
