import { describe, expect, it } from 'vitest'
import { samplePool } from '../storage/conformance/samples.ts'
import { confirmationLink, linkFault } from './confirmation-link.ts'

const VerificationMessageTemplate = { DefaultEmailOption: 'CONFIRM_WITH_LINK' } as const
const domains = [{ uid: 'd', Domain: 'shop', ManagedLoginVersion: 1 }]

describe('the link that confirms a sign-up', () => {
  it("leads to the pool's domain, with whatever a name may consist of", () => {
    const confirmable = { clientId: '5clroo48', user: { username: 'a&b=c+d é#/' }, code: '012345' }
    expect(confirmationLink('https://id.example.org', samplePool({ domains }), confirmable)).toBe(
      'https://shop.auth.us-east-1.id.example.org/confirmUser?client_id=5clroo48&user_name=a%26b%3Dc%2Bd+%C3%A9%23%2F&confirmation_code=012345',
    )
  })

  it('needs a domain where a message has to bring it', () => {
    const without = samplePool({ VerificationMessageTemplate })
    for (const kind of ['SignUp', 'ResendCode'] as const) {
      expect(linkFault(without, kind, 'EMAIL')).toMatch(/does not exist a valid use pool domain/)
      expect(linkFault(samplePool({ VerificationMessageTemplate, domains: [] }), kind, 'EMAIL')).toBeDefined()
      expect(linkFault(samplePool({ VerificationMessageTemplate, domains }), kind, 'EMAIL')).toBeUndefined()
      expect(linkFault(without, kind, 'SMS')).toBeUndefined()
    }
    for (const kind of ['ForgotPassword', 'VerifyUserAttribute', 'UpdateUserAttribute', 'Invitation', 'Authentication'] as const) {
      expect(linkFault(without, kind, 'EMAIL')).toBeUndefined()
    }
    expect(linkFault(samplePool(), 'SignUp', 'EMAIL')).toBeUndefined()
  })
})
