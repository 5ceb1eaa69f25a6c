import { describe, expect, it } from 'vitest'
import { parseSmtpUrl } from './smtp-url.ts'

describe('parseSmtpUrl', () => {
  it.each([
    [
      'smtps://me%40example.com:p%2Fw@mail.example.com',
      { host: 'mail.example.com', port: 465, tls: 'wrapped', auth: { user: 'me@example.com', pass: 'p/w' } },
    ],
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, tls: 'required', auth: undefined }],
    ['smtp://u:p@mail.example.com:25/', { host: 'mail.example.com', port: 25, tls: 'required', auth: { user: 'u', pass: 'p' } }],
    ['smtp://mailpit:1025?tls=off', { host: 'mailpit', port: 1025, tls: 'off', auth: undefined }],
    ['smtp://LOCALHOST:1025', { host: 'localhost', port: 1025, tls: 'offered', auth: undefined }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'offered', auth: undefined }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'offered', auth: undefined }],
    // Names that only look like the loopback interface.
    ['smtp://127.0.0.1.example.com', { host: '127.0.0.1.example.com', port: 587, tls: 'required', auth: undefined }],
    ['smtp://notlocalhost', { host: 'notlocalhost', port: 587, tls: 'required', auth: undefined }],
  ])('reads %s', (text, server) => {
    expect(parseSmtpUrl(text)).toEqual(server)
  })

  it.each([
    'mail.example.com',
    'https://mail.example.com',
    'smtp://',
    'smtp://host/path',
    'smtp://host?ignoreTLS=true',
    'smtp://host?tls=off&x=1',
    'smtp://host#x',
    'smtps://host?tls=off',
    'smtp://secret-user@host',
    'smtp://:secret-password@host',
    'smtp://u:%E0%A4%A@host',
    'smtp://u:secret-password@host?tls=off',
    'smtp://u:secret-password@host:99999',
  ])('refuses %s without repeating it', (text) => {
    const answer = parseSmtpUrl(text)
    expect(answer).toHaveProperty('fault')
    expect(JSON.stringify(answer)).not.toContain('secret')
  })
})
