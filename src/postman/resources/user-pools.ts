import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const example = { UserPoolId: '{{example_pool_id}}' }

/** Operations on user pools. */
export const userPoolsFolder = ({ own }: ResourceCalls): Folder => ({
  name: 'User pools',
  item: [
    own('ListUserPools', { MaxResults: 10 }),
    own('DescribeUserPool'),
    own('GetUserPoolMfaConfig'),
    own(
      'CreateUserPool',
      { PoolName: 'postman example', AutoVerifiedAttributes: ['email'], Policies: { PasswordPolicy: { MinimumLength: 12 } } },
      { keeps: { example_pool_id: 'UserPool.Id' } },
    ),
    own(
      'UpdateUserPool',
      { ...example, AutoVerifiedAttributes: ['email'], Policies: { PasswordPolicy: { MinimumLength: 14 } } },
      { description: 'What is left out goes back to its default.' },
    ),
    own('AddCustomAttributes', { ...example, CustomAttributes: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }] }),
    own('SetUserPoolMfaConfig', { ...example, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }),
    own('GetSigningCertificate', example),
    own('DeleteUserPool', example),
  ],
})
