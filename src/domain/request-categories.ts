import type { OperationName } from '../model/types.gen.ts'

/** Requests a second that AWS answers for one account in one region (developer guide, "Quotas"), by category. */
export const defaultRates = {
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
  // As UserAuthentication, and counted apart (quotas page, note 2).
  CodeRedemption: 120,
  // guess: an account answers five dynamic client registrations a second, as many as calls of CreateUserPoolClient for one pool.
  ClientRegistration: 5,
  LimitManagement: 1,
  // What comes to pages and OAuth endpoints (quotas page, "Bulk request-rate limits for user pool domains").
  RequestsFromSourceIp: 300,
  RequestsToAppClient: 300,
  RequestsToDomain: 500,
} as const satisfies Readonly<Record<string, number>>

/** A group of operations that share one rate. */
export type RequestCategory = keyof typeof defaultRates

/** All of them. */
export const requestCategories = Object.keys(defaultRates) as readonly RequestCategory[]

/** Requests a second by category; no limit for a category that is not there. */
export type Rates = Readonly<Partial<Record<RequestCategory, number>>>

/** How often a second one operation of `limitedPerPool` may be called for one pool (quotas page, note 3). */
export const ratePerPool = 5

/** How often a second one user may be read, and written, by calls in the user's own name (quotas page). */
export const ratePerUser = 10

/** How often a second one network may ask for what is limited for each of them. */
export const ratePerNetwork = 1

/** The categories that are limited for each network too: what anybody may ask for, and what stays. */
export const limitedPerNetwork: ReadonlySet<RequestCategory> = new Set<RequestCategory>(['ClientRegistration'])

/** Beyond a category's rate so much of it again is kept for networks that ask for little: one that floods it keeps nobody else out. */
export const keptShare = 0.25

/** How often a second one network may have of what is kept. */
export const keptPerNetwork = 2

/** Whether an operation only reads. */
export const readsOnly = (operation: OperationName): boolean => /^(?:Get|List)/.test(operation)

/** The categories whose operations are limited for each pool too. */
export const limitedPerPool: ReadonlySet<RequestCategory> = new Set<RequestCategory>([
  'UserPoolResourceRead',
  'UserPoolResourceUpdate',
  'UserPoolClientRead',
  'UserPoolClientUpdate',
])

/** Answers to challenges have so many times the rate of UserAuthentication for themselves; the rest counts towards that category. */
export const challengeAnswerShare = 3

/**
 * The operations of the quotas page, and newer ones that it does not name.
 * guess: an operation that AWS's quotas page does not name counts towards the category of the operations that are most like it.
 */
const operationsOf: Readonly<Partial<Record<RequestCategory, readonly OperationName[]>>> = {
  UserAuthentication: [
    'AdminInitiateAuth',
    'AdminRespondToAuthChallenge',
    'GetTokensFromRefreshToken',
    'InitiateAuth',
    'RespondToAuthChallenge',
  ],
  UserCreation: ['AdminConfirmSignUp', 'AdminCreateUser', 'ConfirmSignUp', 'SignUp'],
  UserAccountRecovery: ['AdminResetUserPassword', 'AdminSetUserPassword', 'ChangePassword', 'ConfirmForgotPassword', 'ForgotPassword'],
  UserRead: ['AdminGetUser', 'AdminGetUserAuthFactors', 'GetUser', 'GetUserAuthFactors'],
  UserUpdate: [
    'AdminAddUserToGroup',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableProviderForUser',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminLinkProviderForUser',
    'AdminRemoveUserFromGroup',
    'AdminUpdateUserAttributes',
    'AdminUserGlobalSignOut',
    'DeleteUser',
    'DeleteUserAttributes',
    'GlobalSignOut',
    'UpdateUserAttributes',
    'VerifyUserAttribute',
  ],
  UserToken: ['AdminRevokeUserSession', 'GetClientToken', 'RevokeToken', 'RevokeUserSession'],
  UserResourceRead: [
    'AdminGetDevice',
    'AdminListDevices',
    'AdminListGroupsForUser',
    'AdminListUserAuthEvents',
    'AdminListUserSessions',
    'GetDevice',
    'GetUserAttributeVerificationCode',
    'ListDevices',
    'ListUserSessions',
    'ListWebAuthnCredentials',
    'ResendConfirmationCode',
  ],
  UserResourceUpdate: [
    'AdminDeleteSoftwareToken',
    'AdminForgetDevice',
    'AdminSetUserMFAPreference',
    'AdminSetUserSettings',
    'AdminUpdateAuthEventFeedback',
    'AdminUpdateDeviceStatus',
    'AssociateSoftwareToken',
    'CompleteWebAuthnRegistration',
    'ConfirmDevice',
    'DeleteWebAuthnCredential',
    'ForgetDevice',
    'SetUserMFAPreference',
    'SetUserSettings',
    'StartWebAuthnRegistration',
    'UpdateAuthEventFeedback',
    'UpdateDeviceStatus',
    'VerifySoftwareToken',
  ],
  UserList: ['ListUsers', 'ListUsersInGroup'],
  UserPoolRead: ['DescribeUserPool', 'ListUserPoolReplicas', 'ListUserPools'],
  UserPoolUpdate: [
    'CreateUserPool',
    'CreateUserPoolReplica',
    'DeleteUserPool',
    'DeleteUserPoolReplica',
    'UpdateUserPool',
    'UpdateUserPoolReplica',
  ],
  UserPoolResourceRead: [
    'DescribeIdentityProvider',
    'DescribeManagedLoginBranding',
    'DescribeManagedLoginBrandingByClient',
    'DescribeResourceServer',
    'DescribeRiskConfiguration',
    'DescribeTerms',
    'DescribeTermsByClient',
    'DescribeUserImportJob',
    'DescribeUserPoolDomain',
    'GetCSVHeader',
    'GetGroup',
    'GetIdentityProviderByIdentifier',
    'GetLogDeliveryConfiguration',
    'GetSigningCertificate',
    'GetUICustomization',
    'GetUserPoolMfaConfig',
    'GetUserPoolSessionConfiguration',
    'ListGroups',
    'ListIdentityProviders',
    'ListResourceServers',
    'ListTagsForResource',
    'ListTerms',
    'ListUserImportJobs',
  ],
  UserPoolResourceUpdate: [
    'AddCustomAttributes',
    'CreateGroup',
    'CreateIdentityProvider',
    'CreateManagedLoginBranding',
    'CreateResourceServer',
    'CreateTerms',
    'CreateUserImportJob',
    'CreateUserPoolDomain',
    'DeleteGroup',
    'DeleteIdentityProvider',
    'DeleteManagedLoginBranding',
    'DeleteResourceServer',
    'DeleteTerms',
    'DeleteUserPoolDomain',
    'SetLogDeliveryConfiguration',
    'SetRiskConfiguration',
    'SetUICustomization',
    'SetUserPoolMfaConfig',
    'SetUserPoolSessionConfiguration',
    'StartUserImportJob',
    'StopUserImportJob',
    'TagResource',
    'UntagResource',
    'UpdateGroup',
    'UpdateIdentityProvider',
    'UpdateManagedLoginBranding',
    'UpdateResourceServer',
    'UpdateTerms',
    'UpdateUserPoolDomain',
  ],
  UserPoolClientRead: [
    'DescribeUserPoolClient',
    'GetUserPoolClientSessionConfiguration',
    'ListUserPoolClientSecrets',
    'ListUserPoolClients',
  ],
  UserPoolClientUpdate: [
    'AddUserPoolClientSecret',
    'CreateUserPoolClient',
    'DeleteUserPoolClient',
    'DeleteUserPoolClientSecret',
    'SetUserPoolClientSessionConfiguration',
    'UpdateUserPoolClient',
  ],
  LimitManagement: ['GetProvisionedLimit', 'UpdateProvisionedLimit'],
}

const categories = new Map(
  requestCategories.flatMap((category) => (operationsOf[category] ?? []).map((operation) => [operation, category] as const)),
)

/** The category that a call counts towards; answers to NEW_PASSWORD_REQUIRED recover an account (quotas page, note 1). */
export const requestCategory = (operation: OperationName, challenge?: unknown): RequestCategory | undefined =>
  answersChallenge(operation) && challenge === 'NEW_PASSWORD_REQUIRED' ? 'UserAccountRecovery' : categories.get(operation)

/** Whether the operation answers a challenge, so that its calls have a share of their own. */
export const answersChallenge = (operation: OperationName): boolean =>
  operation === 'RespondToAuthChallenge' || operation === 'AdminRespondToAuthChallenge'

/** AWS's rates, or none, with some of them replaced; of two for one category the last counts. */
export const ratesOf = (
  base: 'off' | 'cognito',
  replaced: readonly { readonly category: RequestCategory; readonly perSecond: number }[],
): Rates => ({
  ...(base === 'cognito' ? defaultRates : {}),
  ...Object.fromEntries(replaced.map(({ category, perSecond }) => [category, perSecond])),
})
