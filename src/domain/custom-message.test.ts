import { describe, expect, it } from 'vitest'
import { customTexts, type MessageFrame } from './custom-message.ts'

const code = '012345'

const textsOf = (
  response: Parameters<typeof customTexts>[0],
  kind: MessageFrame['kind'],
  medium: MessageFrame['medium'],
  more: Partial<MessageFrame> = {},
) => customTexts(response, { kind, medium, code, byLink: false, ...more })

describe('customTexts', () => {
  it('takes what was answered for the medium', () => {
    const response = { smsMessage: 'S {####}', emailMessage: 'E {####}', emailSubject: 'Subject' }
    expect(textsOf(response, 'SignUp', 'EMAIL')).toEqual({ body: 'E {####}', subject: 'Subject' })
    expect(textsOf(response, 'SignUp', 'SMS')).toEqual({ body: 'S {####}' })
  })

  it('may bring a link, the code or both where a link confirms', () => {
    for (const emailMessage of ['Open {##this link##} now', 'Open {##this link##} or type {####}', 'Type {####}']) {
      expect(textsOf({ emailMessage }, 'SignUp', 'EMAIL', { byLink: true })).toEqual({ body: emailMessage })
    }
  })

  it('leaves the rest to the pool', () => {
    expect(textsOf({}, 'SignUp', 'EMAIL')).toEqual({})
    expect(textsOf({ smsMessage: null, emailMessage: null, emailSubject: null }, 'SignUp', 'EMAIL')).toEqual({})
    expect(textsOf({ emailSubject: 'Subject' }, 'SignUp', 'EMAIL')).toEqual({ subject: 'Subject' })
    expect(textsOf({ smsMessage: 7, emailMessage: 'E {####}' }, 'SignUp', 'EMAIL')).toEqual({ body: 'E {####}' })
  })

  const fault = (path: string, sentence: string) => ({
    fault: `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must ${sentence}`,
  })
  const pattern = (path: string, place: string) =>
    fault(path, String.raw`satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*${place}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`)

  it.each([
    [{ emailMessage: 'no code' }, 'SignUp', 'EMAIL', pattern('emailBody', String.raw`\{####\}`)],
    [{ emailMessage: 'Open {##this link##}' }, 'SignUp', 'EMAIL', pattern('emailBody', String.raw`\{####\}`)],
    [{ smsMessage: 'no code' }, 'Authentication', 'SMS', pattern('smsMessage', String.raw`\{####\}`)],
    [{ emailMessage: 'for {####}' }, 'Invitation', 'EMAIL', pattern('emailBody', String.raw`\{username\}`)],
    [{ emailMessage: 'for {username}' }, 'Invitation', 'EMAIL', pattern('emailBody', String.raw`\{####\}`)],
    [{ emailMessage: 7 }, 'SignUp', 'EMAIL', 'unreadable'],
    [{ emailSubject: ['a'] }, 'SignUp', 'EMAIL', 'unreadable'],
    [{ emailMessage: '' }, 'SignUp', 'EMAIL', fault('emailBody', 'have length greater than or equal to 6')],
    [{ emailSubject: '' }, 'SignUp', 'EMAIL', fault('emailSubject', 'have length greater than or equal to 1')],
    [{ emailSubject: 'x'.repeat(141) }, 'SignUp', 'EMAIL', fault('emailSubject', 'have length less than or equal to 140')],
  ] as const)('refuses %j of %s by %s', (response, kind, medium, outcome) => {
    expect(textsOf(response, kind, medium)).toEqual(outcome)
  })

  it('refuses words without a place for code or link where a link confirms', () => {
    const anything = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`
    for (const emailMessage of ['no code', 'half {## of it', '##} and {##', '{# link #}']) {
      expect(textsOf({ emailMessage }, 'SignUp', 'EMAIL', { byLink: true })).toEqual(pattern('emailBody', String.raw`\{##${anything}##\}`))
    }
  })

  it('counts the code as it will be', () => {
    const sms = (length: number) => ({ smsMessage: `{####}${'x'.repeat(length)}` })
    expect(textsOf(sms(134), 'SignUp', 'SMS')).not.toHaveProperty('fault')
    expect(textsOf(sms(135), 'SignUp', 'SMS')).toEqual(fault('smsMessage', 'have length less than or equal to 140'))
  })

  it('wants no place for a password that there is not', () => {
    expect(textsOf({ emailMessage: 'Hi {username}' }, 'Invitation', 'EMAIL', { code: undefined })).toEqual({ body: 'Hi {username}' })
  })
})
