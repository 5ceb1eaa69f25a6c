import { isLoopback } from '../../domain/is-loopback.ts'
import { isObject } from '../../domain/is-object.ts'
import { bareHost, type Send } from '../client/http.ts'
import { parsedJson } from '../client/parsed-json.ts'
import { Refusal } from '../client/refusal.ts'
import { type MailboxMessage, newestCode } from './newest-code.ts'
import type { TokenRequest } from './token-request.ts'

/** The messages that a development server keeps. */
export interface Mailbox {
  /** Notes what is there. */
  begin(): Promise<void>
  /** The code in the newest message since then, to the user; `destination` is masked. Throws a Refusal where there is none. */
  code(destination: string | undefined): Promise<string>
}

const isMessage = (value: unknown): value is MailboxMessage =>
  isObject(value) && typeof value['destination'] === 'string' && typeof value['sentAt'] === 'number'

/** The mailbox of the server that the request goes to, which only development servers have. */
export const createMailbox = (
  send: Send,
  { endpoint, mailbox: address, username }: Pick<TokenRequest, 'endpoint' | 'mailbox' | 'username'>,
): Mailbox => {
  const messages = async (): Promise<readonly MailboxMessage[] | undefined> => {
    const query = address === undefined ? '' : `?to=${encodeURIComponent(address)}`
    const { status, body } = await send(`${endpoint}/_poolhouse/messages${query}`, { method: 'GET' })
    const list = status === 200 ? parsedJson(body) : undefined
    return Array.isArray(list) ? list.filter(isMessage) : undefined
  }
  const url = new URL(endpoint)
  const isLikely = url.protocol === 'http:' || isLoopback(bareHost(url)) || address !== undefined
  let seen: readonly MailboxMessage[] = []
  return {
    begin: async () => {
      if (isLikely) seen = (await messages()) ?? []
    },
    code: async (destination) => {
      const where = destination ?? 'the user'
      const kept = isLikely ? await messages() : undefined
      const advice = 'Type it with --code-prompt.'
      if (kept === undefined)
        throw new Refusal(`A code was sent to ${where}, and ${url.origin} keeps no mailbox to read it from.`, { advice })
      const found = newestCode(kept, { seen, destination: address === undefined ? destination : undefined, username })
      if (found === 'none')
        throw new Refusal(`A code was sent to ${where}, but there is no new message in the mailbox of ${url.origin}.`, { advice })
      if (found === 'ambiguous') {
        throw new Refusal(`Codes were sent to several addresses that look like ${where}.`, {
          advice: "Name the user's address with --mailbox.",
        })
      }
      seen = [...seen, found]
      return found.code
    },
  }
}
