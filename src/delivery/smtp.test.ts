import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createGate } from '../compute/gate.ts'
import type { Message } from './delivery.ts'
import { createSmtpDelivery, type SmtpSettings } from './smtp.ts'

// A certificate for localhost and its key, made for this test and used nowhere else.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7bmyyS8hkIlgYuPE
MAdFl5fjS2yNkE5Meo8RvE76TP6hRANCAAR0/Wy1NW9Sb/bfBJqSQv22Wi6yQtFu
L8kWkIM/TAlNqWJ95zOTQJGTqmmAZ0Xqpo2zo+tFVj1JtjFN7GE2v5Hv
-----END PRIVATE KEY-----
`
const cert = `-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHT9bLU1b1Jv9t8E
mpJC/bZaLrJC0W4vyRaQgz9MCU2pYn3nM5NAkZOqaYBnReqmjbOj60VWPUm2MU3s
YTa/ke+jVDBSMA8GA1UdEwEB/wQFMAMBAf8wIAYDVR0RBBkwF4IJbG9jYWxob3N0
hwR/AAABhwQAAAAAMB0GA1UdDgQWBBTifmLpzpczpbfQh0i4BZsPGi4R2DAKBggq
hkjOPQQDAgNIADBFAiAzXRwlN0WdgWvGI4aUFqgW825G6LKV6ubvtV5fd7PR6gIh
AJP7coIMYip6u1iJ8X0ET7a5TJCDSkEaCTIwG165sVGa
-----END CERTIFICATE-----
`

interface Received {
  readonly from: string
  readonly to: string[]
  readonly content: string
  readonly secure: boolean
  readonly user: string | undefined
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Until the test ends, the certificate above counts as a well-known authority's. */
const trustOwnCertificate = (): void => {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  closers.push(async () => setDefaultCACertificates(before))
}

/** A mail server on a free port of the loopback interface, and what it was given. */
const mailServer = async (options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[]; sessions: () => number }> => {
  const received: Received[] = []
  let sessions = 0
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    logger: false,
    onConnect: (_session, done) => {
      sessions += 1
      done()
    },
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'mailer' && password === 'pass/word') done(null, { user: username })
      else done(new Error('Wrong credentials'))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: session.user as string | undefined,
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve(listener.address() as AddressInfo))
  })
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { port, received, sessions: () => sessions }
}

/** A server that accepts connections and says nothing. */
const silentServer = async (): Promise<number> => {
  const server: Server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  return (server.address() as AddressInfo).port
}

const message: Message = {
  medium: 'EMAIL',
  destination: 'person@example.com',
  subject: 'Ihr Bestätigungscode',
  body: '<p>Your code is <b>271828</b>.</p>',
  code: '271828',
}

const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const delivery = (settings: Partial<SmtpSettings> & { url: string }) => {
  const made = createSmtpDelivery({ from: 'Example <no-reply@example.com>', log: silentLog, ...settings })
  closers.unshift(() => made.close())
  return made
}

describe('createSmtpDelivery', () => {
  it('sends text and HTML to the one recipient', async () => {
    const { port, received } = await mailServer()
    await delivery({ url: `smtp://localhost:${port}` }).deliver(message)
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ from: 'no-reply@example.com', to: ['person@example.com'] })
    const content = received[0]?.content ?? ''
    expect(content).toContain('From: Example <no-reply@example.com>\r\n')
    expect(content).toContain('To: person@example.com\r\n')
    expect(content).toMatch(/\r\nSubject: =\?UTF-8\?/)
    expect(content).toContain('Content-Type: multipart/alternative;')
    expect(content).toMatch(/Content-Type: text\/plain; charset=utf-8\r\n[^<]*\r\n\r\nYour code is 271828\.\r\n/)
    expect(content).toMatch(/Content-Type: text\/html; charset=utf-8\r\n[^<]*\r\n\r\n<p>Your code is <b>271828<\/b>\.<\/p>\r\n/)
    expect(content).toContain('Auto-Submitted: auto-generated')
  })

  it("uses the pool's own sender and reply address", async () => {
    const { port, received } = await mailServer()
    const from = '"Shop, Inc." <shop@example.org>'
    await delivery({ url: `smtp://localhost:${port}` }).deliver({ ...message, from, replyTo: 'help@example.org' })
    expect(received[0]?.from).toBe('shop@example.org')
    expect(received[0]?.content).toContain('From: "Shop, Inc." <shop@example.org>\r\n')
    expect(received[0]?.content).toContain('Reply-To: help@example.org\r\n')
  })

  it('sends the text that came with the HTML', async () => {
    const { port, received } = await mailServer()
    await delivery({ url: `smtp://127.0.0.1:${port}` }).deliver({ ...message, text: 'Nur Text' })
    expect(received[0]?.content).toMatch(/^Nur Text$/m)
    expect(received[0]?.content).toContain('<b>271828</b>')
    expect(received[0]?.content).not.toMatch(/^Your code is 271828/m)
  })

  it('signs in over TLS from the first byte', async () => {
    trustOwnCertificate()
    const { port, received } = await mailServer({ secure: true, authOptional: false })
    await delivery({ url: `smtps://mailer:pass%2Fword@localhost:${port}` }).deliver(message)
    expect(received[0]).toMatchObject({ secure: true, user: 'mailer' })
  })

  it('signs in after STARTTLS', async () => {
    trustOwnCertificate()
    const { port, received } = await mailServer({ authOptional: false })
    // 0.0.0.0 is no loopback name, so STARTTLS is required and the certificate checked.
    await delivery({ url: `smtp://mailer:pass%2Fword@0.0.0.0:${port}` }).deliver(message)
    expect(received[0]).toMatchObject({ secure: true, user: 'mailer' })
  })

  it('sends nothing to a server without STARTTLS that is not on the loopback interface', async () => {
    const { port, received } = await mailServer({ disabledCommands: ['STARTTLS'] })
    await expect(delivery({ url: `smtp://0.0.0.0:${port}` }).deliver(message)).rejects.toThrow('not delivered')
    expect(received).toEqual([])
    await delivery({ url: `smtp://0.0.0.0:${port}?tls=off` }).deliver(message)
    await delivery({ url: `smtp://localhost:${port}` }).deliver(message)
    expect(received.map(({ secure }) => secure)).toEqual([false, false])
  })

  it.each(['smtps://localhost', 'smtp://0.0.0.0'])('sends nothing to %s with a certificate that nobody vouches for', async (url) => {
    const { port, received } = await mailServer({ secure: url.startsWith('smtps') })
    await expect(delivery({ url: `${url}:${port}` }).deliver(message)).rejects.toThrow('not delivered')
    expect(received).toEqual([])
  })

  it('rejects on wrong credentials and repeats neither password, code nor address', async () => {
    const { port, received } = await mailServer({ authOptional: false })
    const logged: unknown[] = []
    const log = { ...silentLog, warn: (...entry: unknown[]) => void logged.push(entry) }
    const failure = await delivery({ url: `smtp://mailer:wrong-pass@localhost:${port}`, log })
      .deliver(message)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(logged).toEqual([[{ medium: 'EMAIL', code: 'EAUTH', command: 'AUTH', response: 535 }, 'A message could not be delivered.']])
    const told = `${JSON.stringify(logged)} ${String(failure)} ${JSON.stringify(failure, Object.getOwnPropertyNames(failure as object))}`
    for (const secret of ['wrong-pass', '271828', 'person@example.com']) expect(told).not.toContain(secret)
    expect(received).toEqual([])
  })

  it('rejects when the server refuses the recipient, without passing its address on', async () => {
    const { port } = await mailServer({ onRcptTo: ({ address }, _session, done) => done(new Error(`No such mailbox ${address}`)) })
    const failure = await delivery({ url: `smtp://localhost:${port}` })
      .deliver(message)
      .catch((error: unknown) => String(error))
    expect(failure).toBe('Error: The message was not delivered (EENVELOPE, RCPT, 550).')
  })

  it('gives up in time on a server that does not speak', async () => {
    const start = performance.now()
    await expect(delivery({ url: `smtp://localhost:${await silentServer()}`, timeout: 200 }).deliver(message)).rejects.toThrow(
      'not delivered',
    )
    expect(performance.now() - start).toBeLessThan(1500)
  })

  it('gives up in time on a server that takes the message and does not confirm it', async () => {
    const { port } = await mailServer({ onData: (stream) => void stream.resume() })
    await expect(delivery({ url: `smtp://localhost:${port}`, timeout: 300 }).deliver(message)).rejects.toThrow('ETIMEDOUT')
  })

  it('rejects when nobody listens', async () => {
    const { port } = await mailServer()
    for (const close of closers.splice(0)) await close()
    await expect(delivery({ url: `smtp://localhost:${port}` }).deliver(message)).rejects.toThrow('not delivered')
  })

  it('does not send what waited for the gate until its time was over', async () => {
    const { port, received, sessions } = await mailServer()
    const gate = createGate(1)
    let release: () => void = () => {}
    const held = gate.enter('smtp', () => new Promise<void>((resolve) => (release = resolve)))
    await expect(delivery({ url: `smtp://localhost:${port}`, timeout: 100, gate }).deliver(message)).rejects.toThrow('ETIMEDOUT')
    release()
    await held
    await delivery({ url: `smtp://localhost:${port}`, gate }).deliver({ ...message, destination: 'second@example.com' })
    expect(received.map(({ to }) => to)).toEqual([['second@example.com']])
    expect(sessions()).toBe(1)
  })

  it.each([
    { destination: 'a@example.com\r\nBcc: evil@example.com' },
    { destination: 'a@example.com>\r\nRCPT TO:<evil@example.com' },
    { destination: 'a@example.com, evil@example.com' },
    { destination: '"a@example.com, evil" <evil@example.com>, b@example.com' },
    { subject: 'Code\r\nBcc: evil@example.com' },
    { subject: 'Code\nX: y' },
    { subject: 'Code\u2028Bcc: evil@example.com' },
    { from: 'Shop\r\nBcc: evil@example.com <shop@example.org>' },
    { replyTo: 'a@example.org\r\n\r\nbody' },
    { replyTo: '' },
  ])('refuses %j before it connects', async (injected) => {
    const { port, received, sessions } = await mailServer()
    await expect(delivery({ url: `smtp://localhost:${port}` }).deliver({ ...message, ...injected })).rejects.toThrow('not delivered')
    expect(received).toEqual([])
    expect(sessions()).toBe(0)
  })

  it('keeps a body that imitates the end of a message in the body', async () => {
    const { port, received } = await mailServer()
    await delivery({ url: `smtp://localhost:${port}` }).deliver({
      ...message,
      body: 'one\r\n.\r\nMAIL FROM:<evil@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nhello',
    })
    expect(received).toHaveLength(1)
    expect(received[0]?.to).toEqual(['person@example.com'])
    expect(received[0]?.content).toContain('\r\n.\r\nMAIL FROM:')
  })

  it('refuses SMS with the reason', async () => {
    const { port, sessions } = await mailServer()
    const sms: Message = { medium: 'SMS', destination: '+15550100', subject: '', body: '271828' }
    await expect(delivery({ url: `smtp://localhost:${port}` }).deliver(sms)).rejects.toThrow('No SMS sender is configured.')
    expect(sessions()).toBe(0)
  })

  it('is not made from settings that can never work', () => {
    expect(() => createSmtpDelivery({ url: 'mail.example.com', from: 'a@example.com', log: silentLog })).toThrow('no URL')
    expect(() => createSmtpDelivery({ url: 'smtp://localhost', from: 'nobody', log: silentLog })).toThrow('sender')
  })
})
