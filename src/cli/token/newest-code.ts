import { maskEmail, maskPhone } from '../../domain/destination.ts'

/** A message as the mailbox of a development server shows it. */
export interface MailboxMessage {
  readonly destination: string
  readonly code?: string | undefined
  /** Epoch milliseconds. */
  readonly sentAt: number
}

/** What is known of the message that is looked for. */
export interface LookedFor {
  /** What was there before. */
  readonly seen: readonly MailboxMessage[]
  /** Masked; undefined: any. */
  readonly destination: string | undefined
  readonly username: string
}

const masked = (destination: string): string => (destination.includes('@') ? maskEmail(destination) : maskPhone(destination))

const isSame = (one: MailboxMessage, other: MailboxMessage): boolean =>
  one.destination === other.destination && one.sentAt === other.sentAt && one.code === other.code

const isOf = (destination: string, username: string): boolean => {
  const address = destination.toLowerCase()
  const name = username.toLowerCase()
  return address === name || address.slice(0, address.lastIndexOf('@')) === name
}

/**
 * The newest message with a code to a user of whose address only the mask is known; `messages` come newest first. Where new ones went to
 * several addresses that fit, the one that is the user's name counts, and without one they are ambiguous.
 */
export const newestCode = (
  messages: readonly MailboxMessage[],
  { seen, destination, username }: LookedFor,
): (MailboxMessage & { readonly code: string }) | 'none' | 'ambiguous' => {
  const fresh = messages.filter((message) => !seen.some((other) => isSame(message, other)))
  const fits = fresh.flatMap((message) =>
    message.code !== undefined && (destination === undefined || masked(message.destination) === destination)
      ? [{ ...message, code: message.code }]
      : [],
  )
  const addresses = new Set(fits.map((message) => message.destination.toLowerCase()))
  if (addresses.size < 2) return fits[0] ?? 'none'
  return fits.find((message) => isOf(message.destination, username)) ?? 'ambiguous'
}
