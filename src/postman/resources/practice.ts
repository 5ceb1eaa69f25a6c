import type { Folder } from '../collection-format.ts'
import { member } from '../person.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { adminMadeUser } from '../sign-up-items.ts'

const newNames = `
const tag = pm.variables.replaceIn('{{$guid}}').slice(0, 8)
pm.environment.set('practice_name', 'postman-' + tag)
pm.environment.set('practice_username', 'practice-' + tag)
pm.environment.set('practice_email', 'practice-' + tag + '@example.com')
pm.environment.set('practice_password', pm.variables.get('first_password'))`

const flows = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH']

/** Makes what the folders of the API work on: a user in the pool itself, and a practice pool with everything switched on. */
export const prepareFolder = (calls: ResourceCalls): Folder => {
  const { practice, signIn, target } = calls
  return {
    name: 'Prepare',
    description: `Run this folder before any folder below: it makes a user in your user pool, and a user pool of its own with an app client and
a user, on which everything is tried that changes settings. "Clean up" deletes them.`,
    item: [
      ...adminMadeUser(target, member).items,
      practice(
        'CreateUserPool',
        {
          PoolName: '{{practice_name}}',
          AutoVerifiedAttributes: ['email'],
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: false },
          UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
          UserPoolTier: 'PLUS',
        },
        { title: 'practice pool', before: [newNames], keeps: { practice_pool_id: 'UserPool.Id', practice_pool_arn: 'UserPool.Arn' } },
      ),
      practice(
        'SetUserPoolMfaConfig',
        {
          MfaConfiguration: 'OPTIONAL',
          SoftwareTokenMfaConfiguration: { Enabled: true },
          SmsMfaConfiguration: {
            SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'postman' },
          },
          WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
        },
        { title: 'practice pool' },
      ),
      practice(
        'SetUserPoolSessionConfiguration',
        { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 } },
        { title: 'practice pool' },
      ),
      practice(
        'CreateUserPoolClient',
        { ClientName: 'practice', ExplicitAuthFlows: flows.map((flow) => `ALLOW_${flow}`) },
        { title: 'practice client', keeps: { practice_client_id: 'UserPoolClient.ClientId' } },
      ),
      practice(
        'AdminCreateUser',
        {
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: '{{practice_email}}' },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'phone_number', Value: '+15550100' },
          ],
        },
        { title: 'practice user' },
      ),
      practice('AdminSetUserPassword', { Password: '{{practice_password}}', Permanent: true }, { title: 'practice user' }),
      signIn('practice user'),
    ],
  }
}

/** Deletes what `prepareFolder` made. */
export const cleanUpFolder = ({ own, practice }: ResourceCalls): Folder => ({
  name: 'Clean up',
  item: [own('AdminDeleteUser'), practice('DeleteUserPool', {}, { title: 'practice pool' })],
})
