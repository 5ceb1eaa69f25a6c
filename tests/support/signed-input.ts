import { operationNamed } from '../../src/model/model.ts'
import type { OperationName } from '../../src/model/types.gen.ts'
import { operations } from '../../src/operations/index.ts'
import { testRegion } from './harness.ts'
import type { MadePool } from './make-pool.ts'

const modelOf = (name: OperationName) => {
  const model = operationNamed(name)
  if (model === undefined) throw new Error(`the model lacks ${name}`)
  return model
}

/** The operations that are built and want a signature. */
export const signedOperations = (Object.keys(operations) as OperationName[]).filter((name) => modelOf(name).auth === 'sigv4')

/** A value for every member that a signed operation requires. */
const sample = ({ UserPoolId, ClientId }: Pick<MadePool, 'UserPoolId' | 'ClientId'>): Record<string, unknown> => ({
  UserPoolId,
  ClientId,
  ResourceArn: `arn:aws:cognito-idp:${testRegion}:000000000000:userpool/${UserPoolId}`,
  Username: 'ana',
  GroupName: 'admins',
  PoolName: 'new',
  ClientName: 'new',
  ClientSecretId: `${ClientId}--1768478400000`,
  Domain: 'mallory',
  Identifier: 'https://api.example.org',
  Name: 'api',
  AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Password: 'Brand-New-Horse-8',
  UserAttributeNames: ['name'],
  UserAttributes: [{ Name: 'name', Value: 'Mallory' }],
  CustomAttributes: [{ Name: 'mallory', AttributeDataType: 'String' }],
  DeviceKey: `${testRegion}_00000000-0000-4000-8000-000000000000`,
  DeviceRememberedStatus: 'remembered',
  MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }],
  EventId: '00000000-0000-4000-8000-000000000000',
  FeedbackValue: 'Valid',
  SessionId: `tkn${'0'.repeat(25)}`,
  SSOSession: { MaxValidityMinutes: 1 },
  TokenSession: { MaxPerUser: 1 },
  TermsId: '00000000-0000-4000-8000-000000000000',
  TermsName: 'terms-of-use',
  TermsSource: 'LINK',
  Enforcement: 'NONE',
  ManagedLoginBrandingId: '00000000-0000-4000-8000-000000000000',
  UserSessionTracking: 'ENABLED',
  Tags: { mallory: 'here' },
  TagKeys: ['tag'],
  MaxResults: 10,
})

/** An input of the right form for a signed operation on a pool; throws where a required member has no sample yet. */
export const signedInput = (name: OperationName, pool: Pick<MadePool, 'UserPoolId' | 'ClientId'>): Record<string, unknown> => {
  const { required, members } = modelOf(name).input
  const values = sample(pool)
  // ResourceArn and the like are required by the pages, not by the model.
  const byPages = ['UserPoolId', 'ManagedLoginBrandingId', 'ResourceArn', 'Tags', 'TagKeys', 'MaxResults']
  const wanted = new Set([...required, ...byPages.filter((member) => members.has(member))])
  for (const member of wanted) if (values[member] === undefined) throw new Error(`give ${name} a sample of ${member}`)
  return Object.fromEntries([...wanted].map((member) => [member, values[member]]))
}
