import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { totpScript } from '../scripts/totp.ts'

const withPhone = { MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] }
const preferred = { Enabled: true, PreferredMfa: true }
const off = { Enabled: false, PreferredMfa: false }

/** Operations on second factors. */
export const mfaFolder = ({ practice }: ResourceCalls): Folder => ({
  name: 'MFA',
  item: [
    practice(
      'AssociateSoftwareToken',
      { AccessToken: '{{practice_access_token}}' },
      { keeps: { totp_secret: 'SecretCode' }, tests: ["pm.environment.set('totp_step', '0')"] },
    ),
    practice(
      'VerifySoftwareToken',
      { AccessToken: '{{practice_access_token}}', UserCode: '{{totp_code}}', FriendlyDeviceName: 'Postman' },
      { before: [totpScript], tests: ["pm.test('the code was right', () => pm.expect(body.Status).to.equal('SUCCESS'))"] },
    ),
    practice('SetUserMFAPreference', { SoftwareTokenMfaSettings: preferred }),
    practice('AdminSetUserMFAPreference', { SoftwareTokenMfaSettings: off }),
    practice('AdminDeleteSoftwareToken'),
    practice('SetUserSettings', withPhone, { description: 'Replaced by SetUserMFAPreference.' }),
    practice('AdminSetUserSettings', { MFAOptions: [] }, { description: 'Replaced by AdminSetUserMFAPreference.' }),
  ],
})
