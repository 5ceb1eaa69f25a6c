import { describe, expect, it } from 'vitest'
import { customTexts } from './custom-message.ts'

const code = '012345'

describe('customTexts', () => {
  it('takes what was answered for the medium', () => {
    const response = { smsMessage: 'S {####}', emailMessage: 'E {####}', emailSubject: 'Subject' }
    expect(customTexts(response, 'SignUp', 'EMAIL', code)).toEqual({ body: 'E {####}', subject: 'Subject' })
    expect(customTexts(response, 'SignUp', 'SMS', code)).toEqual({ body: 'S {####}' })
  })

  it('leaves the rest to the pool', () => {
    expect(customTexts({}, 'SignUp', 'EMAIL', code)).toEqual({})
    expect(customTexts({ smsMessage: null, emailMessage: null, emailSubject: null }, 'SignUp', 'EMAIL', code)).toEqual({})
    expect(customTexts({ emailSubject: 'Subject' }, 'SignUp', 'EMAIL', code)).toEqual({ subject: 'Subject' })
    expect(customTexts({ smsMessage: 7, emailMessage: 'E {####}' }, 'SignUp', 'EMAIL', code)).toEqual({ body: 'E {####}' })
  })

  it.each([
    [{ emailMessage: 'no code' }, 'SignUp', 'EMAIL', 'emailMessage must contain {####}'],
    [{ smsMessage: 'no code' }, 'Authentication', 'SMS', 'smsMessage must contain {####}'],
    [{ emailMessage: 'for {####}' }, 'Invitation', 'EMAIL', 'emailMessage must contain {username}'],
    [{ emailMessage: 'for {username}' }, 'Invitation', 'EMAIL', 'emailMessage must contain {####}'],
    [{ emailMessage: 7 }, 'SignUp', 'EMAIL', 'emailMessage is not text'],
    [{ emailSubject: ['a'] }, 'SignUp', 'EMAIL', 'emailSubject is not text'],
    [{ emailMessage: '' }, 'SignUp', 'EMAIL', 'emailMessage must have 6 to 20000 characters'],
    [{ emailSubject: '' }, 'SignUp', 'EMAIL', 'emailSubject must have 1 to 140 characters'],
    [{ emailSubject: 'x'.repeat(141) }, 'SignUp', 'EMAIL', 'emailSubject must have 1 to 140 characters'],
  ] as const)('refuses %j of %s by %s', (response, kind, medium, fault) => {
    expect(customTexts(response, kind, medium, code)).toEqual({ fault })
  })

  it('counts the code as it will be', () => {
    const sms = (length: number) => ({ smsMessage: `{####}${'x'.repeat(length)}` })
    expect(customTexts(sms(134), 'SignUp', 'SMS', code)).not.toHaveProperty('fault')
    expect(customTexts(sms(135), 'SignUp', 'SMS', code)).toEqual({ fault: 'smsMessage must have 6 to 140 characters' })
  })

  it('wants no place for a password that there is not', () => {
    expect(customTexts({ emailMessage: 'Hi {username}' }, 'Invitation', 'EMAIL', undefined)).toEqual({ body: 'Hi {username}' })
  })
})
