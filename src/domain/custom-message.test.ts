import { describe, expect, it } from 'vitest'
import { customTexts } from './custom-message.ts'

const code = '012345'

describe('customTexts', () => {
  it('takes what was answered for the medium', () => {
    const response = { smsMessage: 'S {####}', emailMessage: 'E {####}', emailSubject: 'Subject' }
    expect(customTexts(response, 'SignUp', 'EMAIL', code)).toEqual({ body: 'E {####}', subject: 'Subject' })
    expect(customTexts(response, 'SignUp', 'SMS', code)).toEqual({ body: 'S {####}' })
  })

  it('puts the code where a link should stand', () => {
    const emailMessage = 'Open {##this link##} now'
    expect(customTexts({ emailMessage }, 'SignUp', 'EMAIL', code)).toEqual({ body: 'Open {####} now' })
    const both = 'Open {##this link##} or type {####}'
    expect(customTexts({ emailMessage: both }, 'SignUp', 'EMAIL', code)).toEqual({ body: both })
  })

  it('leaves the rest to the pool', () => {
    expect(customTexts({}, 'SignUp', 'EMAIL', code)).toEqual({})
    expect(customTexts({ smsMessage: null, emailMessage: null, emailSubject: null }, 'SignUp', 'EMAIL', code)).toEqual({})
    expect(customTexts({ emailSubject: 'Subject' }, 'SignUp', 'EMAIL', code)).toEqual({ subject: 'Subject' })
    expect(customTexts({ smsMessage: 7, emailMessage: 'E {####}' }, 'SignUp', 'EMAIL', code)).toEqual({ body: 'E {####}' })
  })

  const fault = (path: string, sentence: string) => ({
    fault: `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must ${sentence}`,
  })
  const pattern = (path: string, place: string) =>
    fault(path, String.raw`satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*${place}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`)

  it.each([
    [{ emailMessage: 'no code' }, 'SignUp', 'EMAIL', pattern('emailBody', String.raw`\{####\}`)],
    [{ smsMessage: 'no code' }, 'Authentication', 'SMS', pattern('smsMessage', String.raw`\{####\}`)],
    [{ emailMessage: 'for {####}' }, 'Invitation', 'EMAIL', pattern('emailBody', String.raw`\{username\}`)],
    [{ emailMessage: 'for {username}' }, 'Invitation', 'EMAIL', pattern('emailBody', String.raw`\{####\}`)],
    [{ emailMessage: 7 }, 'SignUp', 'EMAIL', 'unreadable'],
    [{ emailSubject: ['a'] }, 'SignUp', 'EMAIL', 'unreadable'],
    [{ emailMessage: '' }, 'SignUp', 'EMAIL', fault('emailBody', 'have length greater than or equal to 6')],
    [{ emailSubject: '' }, 'SignUp', 'EMAIL', fault('emailSubject', 'have length greater than or equal to 1')],
    [{ emailSubject: 'x'.repeat(141) }, 'SignUp', 'EMAIL', fault('emailSubject', 'have length less than or equal to 140')],
  ] as const)('refuses %j of %s by %s', (response, kind, medium, outcome) => {
    expect(customTexts(response, kind, medium, code)).toEqual(outcome)
  })

  it('counts the code as it will be', () => {
    const sms = (length: number) => ({ smsMessage: `{####}${'x'.repeat(length)}` })
    expect(customTexts(sms(134), 'SignUp', 'SMS', code)).not.toHaveProperty('fault')
    expect(customTexts(sms(135), 'SignUp', 'SMS', code)).toEqual(fault('smsMessage', 'have length less than or equal to 140'))
  })

  it('wants no place for a password that there is not', () => {
    expect(customTexts({ emailMessage: 'Hi {username}' }, 'Invitation', 'EMAIL', undefined)).toEqual({ body: 'Hi {username}' })
  })
})
