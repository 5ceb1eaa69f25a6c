import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Gate, Log } from '../context.ts'
import { htmlToText } from '../domain/html-to-text.ts'
import type { Delivery, Message } from './delivery.ts'
import { type MailAddress, parseMailAddress } from './mail-address.ts'
import { parseSmtpUrl, type SmtpServer } from './smtp-url.ts'

/** What a delivery by SMTP needs to know. */
export interface SmtpSettings {
  /** As `parseSmtpUrl` reads it. */
  readonly url: string
  /** The sender where a pool has none of its own: `Name <address>` or the address alone. */
  readonly from: string
  readonly log: Log
  /** How long one message may take, in ms, waiting for the gate included. */
  readonly timeout?: number
  /** Bounds how many connections are open at once. */
  readonly gate?: Gate
}

interface Mail {
  readonly sender: string
  readonly recipient: string
  readonly content: Buffer
}

/**
 * Sends e-mail to one mail server, a connection for each message; throws on a URL or sender that can't be used. SMS is refused:
 * there is nobody to hand it to.
 */
export const createSmtpDelivery = ({ url, from, log, timeout = 3000, gate }: SmtpSettings): Delivery => {
  const server = parseSmtpUrl(url)
  if ('fault' in server) throw new Error(server.fault)
  const sender = requireAddress('sender', from)
  const running = new Set<Promise<void>>()

  const send = async (message: Message): Promise<void> => {
    const deadline = AbortSignal.timeout(timeout)
    const mail = await compose(message, sender)
    const work = async (): Promise<void> => transmit(server, mail, timeout, deadline)
    // Rejects on time also while the message still waits for the gate; transmit then refuses to begin.
    await Promise.race([gate ? gate.enter('smtp', work) : work(), expired(deadline)])
  }

  return {
    deliver: async (message) => {
      if (message.medium === 'SMS') throw new Error('No SMS sender is configured.')
      const sending = send(message)
      running.add(sending)
      try {
        await sending
      } catch (error) {
        const cause = reason(error)
        log.warn({ medium: message.medium, ...cause }, 'A message could not be delivered.')
        throw new Error(`The message was not delivered (${Object.values(cause).join(', ')}).`)
      } finally {
        running.delete(sending)
      }
    },
    close: async () => {
      await Promise.allSettled(running)
    },
  }
}

const requireAddress = (role: string, text: string): MailAddress => {
  const address = parseMailAddress(text)
  if (!address) throw new Error(`The ${role} of a message must be exactly one mail address.`)
  return address
}

const compose = async (message: Message, sender: MailAddress): Promise<Mail> => {
  const to = requireAddress('recipient', message.destination)
  const from = message.from === undefined ? sender : requireAddress('sender', message.from)
  const replyTo = message.replyTo === undefined ? undefined : requireAddress('reply address', message.replyTo)
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(message.subject)) throw new Error('The subject of a message must be one line.')
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const node = new MailComposer({
    from,
    to,
    replyTo,
    subject: message.subject,
    text: message.text ?? htmlToText(message.body),
    html: message.body,
    // RFC 3834: nobody's out-of-office notice should answer a code.
    headers: { 'Auto-Submitted': 'auto-generated' },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const { from: envelopeFrom, to: recipients } = node.getEnvelope()
  const [recipient] = recipients
  // The parser of the MIME library has the last word on what the headers say; it must not see more recipients than we did.
  if (typeof envelopeFrom !== 'string' || recipient === undefined || recipients.length !== 1)
    throw new Error('The message has no single recipient.')
  return { sender: envelopeFrom, recipient, content: await node.build() }
}

const transmit = async (server: SmtpServer, mail: Mail, timeout: number, deadline: AbortSignal): Promise<void> => {
  deadline.throwIfAborted()
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const connection = new Connection({ ...connectionOptions(server), ...timeouts(timeout) })
  try {
    await Promise.race([talk(connection, server, mail), failed(connection), expired(deadline)])
  } finally {
    // After QUIT the server closes; after a failure nobody waits for it.
    connection.close()
  }
}

const talk = async (connection: SMTPConnection, { auth }: SmtpServer, mail: Mail): Promise<void> => {
  await step((done) => connection.connect(done))
  if (auth) await step((done) => connection.login({ ...auth }, done))
  await step((done) => connection.send({ from: mail.sender, to: [mail.recipient], size: mail.content.length }, mail.content, done))
  connection.quit()
}

const connectionOptions = ({ host, port, tls }: SmtpServer) => ({
  host,
  port,
  secure: tls === 'wrapped',
  requireTLS: tls === 'required',
  ignoreTLS: tls === 'off',
  opportunisticTLS: tls === 'offered',
  // Where plain text would do (loopback), a certificate of the server's own making does too.
  tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: tls !== 'offered' },
})

const timeouts = (timeout: number) => ({
  connectionTimeout: timeout,
  greetingTimeout: timeout,
  socketTimeout: timeout,
  dnsTimeout: timeout,
  socketCloseTimeout: 1000,
})

const step = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())))

const failed = (connection: SMTPConnection): Promise<never> => new Promise((_, reject) => connection.on('error', reject))

const expired = (deadline: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(deadline.reason)
    if (deadline.aborted) give()
    else deadline.addEventListener('abort', give, { once: true })
  })

/** What may be told about a failure: not the server's words, which repeat the recipient's address. */
const reason = (error: unknown): { readonly code: string; readonly command?: string; readonly response?: number } => {
  if (!(error instanceof Error)) return { code: 'unknown' }
  const { code, command, responseCode: response } = error as { code?: unknown; command?: unknown; responseCode?: unknown }
  return {
    code: error.name === 'TimeoutError' ? 'ETIMEDOUT' : typeof code === 'string' ? code : error.message,
    ...(typeof command === 'string' ? { command: command.split(' ')[0] ?? '' } : {}),
    ...(typeof response === 'number' ? { response } : {}),
  }
}
