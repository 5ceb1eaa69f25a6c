import { describe, expect, it } from 'vitest'
import { messageText, type TemplateSettings, templateFault } from './messages.ts'
import type { UserPool } from './user-pool.ts'

const pool = (settings: Partial<UserPool> = {}) => ({ AdminCreateUserConfig: {}, mfa: { smsEnabled: false }, ...settings }) as UserPool
const values = { code: '012345', username: 'ana' }

describe('messageText with a code', () => {
  it("has AWS's words by default", () => {
    expect(messageText(pool(), 'SignUp', 'EMAIL', values)).toEqual({
      subject: 'Your verification code',
      body: 'Your verification code is 012345',
    })
    expect(messageText(pool(), 'ForgotPassword', 'SMS', values)).toEqual({ subject: '', body: 'Your verification code is 012345' })
  })

  it("has the pool's words, the template before the older members", () => {
    const own = pool({
      EmailVerificationMessage: 'old {####}',
      EmailVerificationSubject: 'old subject',
      SmsVerificationMessage: 'old sms {####}',
      VerificationMessageTemplate: { EmailMessage: '<b>{####}</b> for {username}, {####}' },
    })
    expect(messageText(own, 'SignUp', 'EMAIL', values)).toEqual({ subject: 'old subject', body: '<b>012345</b> for ana, 012345' })
    expect(messageText(own, 'SignUp', 'SMS', values).body).toBe('old sms 012345')
  })

  const byLink = pool({
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_LINK',
      EmailMessageByLink: 'Go {##here & now##}.',
      EmailMessage: 'Code {####}',
    },
  })
  it.each([
    ['SignUp', 'Go <a href="https://x/?a=1&amp;b=2">here & now</a>.'],
    ['ResendCode', 'Go <a href="https://x/?a=1&amp;b=2">here & now</a>.'],
    ['ForgotPassword', 'Code 012345'],
    ['UpdateUserAttribute', 'Code 012345'],
    ['VerifyUserAttribute', 'Code 012345'],
  ] as const)('%s in a pool that confirms by link', (kind, body) => {
    expect(messageText(byLink, kind, 'EMAIL', { ...values, link: 'https://x/?a=1&b=2' }).body).toBe(body)
  })

  it('sends the code where there is no link to send', () => {
    expect(messageText(byLink, 'SignUp', 'EMAIL', values).body).toBe('Code 012345')
  })

  it('has a default for links', () => {
    const bare = pool({ VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } })
    expect(messageText(bare, 'SignUp', 'EMAIL', { ...values, link: 'https://x' })).toEqual({
      subject: 'Your verification link',
      body: 'Please click the link below to verify your email address. <a href="https://x">Verify Email</a>',
    })
  })
})

describe('what people typed', () => {
  const own = pool({
    VerificationMessageTemplate: { EmailMessage: '{username} {####}', EmailSubject: 'For {username}', SmsMessage: '{username} {####}' },
  })

  it('is escaped in HTML and not in SMS', () => {
    const username = `<img src="x" onerror='y'>&`
    const shown = '&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt;&amp;'
    expect(messageText(own, 'SignUp', 'EMAIL', { ...values, username }).body).toBe(`${shown} 012345`)
    expect(messageText(own, 'SignUp', 'SMS', { ...values, username }).body).toBe(`${username} 012345`)
  })

  it.each(['{####}', '{username}', '{##x##}', '$&', '$1'])('is not read as a placeholder: %s', (username) => {
    expect(messageText(own, 'SignUp', 'SMS', { ...values, username }).body).toBe(`${username} 012345`)
  })

  it('can not add mail headers', () => {
    expect(messageText(own, 'SignUp', 'EMAIL', { ...values, username: 'a\r\nBcc: b' }).subject).toBe('For a Bcc: b')
  })
})

describe('messageText of an invitation', () => {
  it('names user and temporary password', () => {
    const invitation = { subject: 'Your temporary password', body: 'Your username is ana and temporary password is a&lt;b.' }
    expect(messageText(pool(), 'Invitation', 'EMAIL', { username: 'ana', code: 'a<b' })).toEqual(invitation)
    expect(messageText(pool(), 'Invitation', 'SMS', { username: 'ana', code: 'a<b' })).toEqual({
      subject: '',
      body: 'Your username is ana and temporary password is a<b.',
    })
  })

  it('names the user alone where there is no password', () => {
    expect(messageText(pool(), 'Invitation', 'EMAIL', { username: 'ana' }).body).toBe('Your username is ana.')
  })

  it("has the pool's words", () => {
    const own = pool({
      AdminCreateUserConfig: {
        InviteMessageTemplate: { EmailSubject: 'Hi', EmailMessage: 'E {username} {####}', SMSMessage: 'S {username} {####}' },
      },
    })
    expect(messageText(own, 'Invitation', 'EMAIL', values)).toEqual({ subject: 'Hi', body: 'E ana 012345' })
    expect(messageText(own, 'Invitation', 'SMS', values)).toEqual({ subject: '', body: 'S ana 012345' })
  })
})

describe('messageText for signing in', () => {
  it('has its own templates for each medium', () => {
    const own = pool({
      SmsAuthenticationMessage: 'S {####}',
      mfa: { smsEnabled: true, EmailMfaConfiguration: { Message: 'E {####}', Subject: 'Sub' } },
    })
    expect(messageText(own, 'Authentication', 'SMS', values).body).toBe('S 012345')
    expect(messageText(own, 'Authentication', 'EMAIL', values)).toEqual({ subject: 'Sub', body: 'E 012345' })
    expect(messageText(pool(), 'Authentication', 'SMS', values).body).toBe('Your authentication code is 012345.')
  })
})

describe('templateFault', () => {
  it.each<[TemplateSettings, string | undefined]>([
    [{}, undefined],
    [{ VerificationMessageTemplate: { EmailMessage: 'x {####}', EmailMessageByLink: '{##x##}', SmsMessage: '{####}' } }, undefined],
    [{ VerificationMessageTemplate: { EmailMessage: 'x' } }, 'verificationMessageTemplate.emailMessage'],
    [{ VerificationMessageTemplate: { EmailMessageByLink: 'x {#### }' } }, 'verificationMessageTemplate.emailMessageByLink'],
    [{ VerificationMessageTemplate: { EmailMessageByLink: 'Your {##link##}, or {####}' } }, undefined],
    [{ VerificationMessageTemplate: { SmsMessage: 'x' } }, 'verificationMessageTemplate.smsMessage'],
    [{ EmailVerificationMessage: 'x' }, 'emailVerificationMessage'],
    [{ SmsVerificationMessage: 'x' }, 'smsVerificationMessage'],
    [{ SmsAuthenticationMessage: 'x' }, 'smsAuthenticationMessage'],
    [
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: '{username} {####}', SMSMessage: '{####} {username}' } } },
      undefined,
    ],
    [{ AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: '{username}' } } }, undefined],
    [
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: '{####}' } } },
      'adminCreateUserConfig.inviteMessageTemplate.emailMessage',
    ],
    [
      { AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: '{####}' } } },
      'adminCreateUserConfig.inviteMessageTemplate.sMSMessage',
    ],
  ])('%j', (settings, path) => {
    const fault = templateFault(settings)
    if (path === undefined) expect(fault).toBeUndefined()
    else expect(fault).toContain(` at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: `)
  })

  it.each(['x {####}', '{####} or {####}'])('does not take %s for a message with a link, as measured', (EmailMessageByLink) => {
    expect(templateFault({ VerificationMessageTemplate: { EmailMessageByLink } })).toBe('The message is invalid.')
  })
})
