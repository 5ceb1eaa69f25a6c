import type { User } from '../../src/domain/user.ts'
import type { UserPool } from '../../src/domain/user-pool.ts'

/** A pool without settings, for rules that ask a pool. */
export const plainPool: UserPool = {
  uid: 'uid',
  region: 'eu-west-1',
  version: 1,
  mfa: { smsEnabled: false },
  Id: 'eu-west-1_abc',
  Name: 'pool',
  Arn: 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_abc',
  Policies: {},
  SchemaAttributes: [],
  AdminCreateUserConfig: {},
  CreationDate: 0,
  LastModifiedDate: 0,
}

/** A confirmed user of it, without attributes. */
export const plainUser: User = {
  poolUid: 'uid',
  id: 'id',
  username: 'ana',
  status: 'CONFIRMED',
  enabled: true,
  attributes: {},
  generation: 0,
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
}

/** The same with every second factor, as soon as MFA is not off. */
export const mfaPool: UserPool = {
  ...plainPool,
  mfa: { smsEnabled: true, EmailMfaConfiguration: {}, SoftwareTokenMfaConfiguration: { Enabled: true } },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' },
}
