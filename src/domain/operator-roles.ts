/** The roles that the command line can give instead of a policy. */
export const operatorRoles = ['administrator', 'support', 'read-only'] as const

/** The name of a role. */
export type OperatorRole = (typeof operatorRoles)[number]

const everything = ['*']

const reading = [
  'cognito-idp:Get*',
  'cognito-idp:List*',
  'cognito-idp:Describe*',
  'cognito-idp:AdminGet*',
  'cognito-idp:AdminList*',
  'poolhouse:ReadAuditTrail',
]

/** What a help desk does to users; no secrets of app clients, no new users, no passwords of its own choice. */
const helping = [
  'cognito-idp:DescribeUserPool',
  'cognito-idp:GetUserPoolMfaConfig',
  'cognito-idp:ListUserPoolClients',
  'cognito-idp:ListUsers',
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminConfirmSignUp',
  'cognito-idp:AdminResetUserPassword',
  'cognito-idp:AdminDisableUser',
  'cognito-idp:AdminEnableUser',
  'cognito-idp:AdminUserGlobalSignOut',
  'cognito-idp:AdminListUserAuthEvents',
  'cognito-idp:AdminListUserSessions',
  'cognito-idp:AdminListDevices',
  'cognito-idp:ListGroups',
  'cognito-idp:ListUsersInGroup',
  'cognito-idp:AdminListGroupsForUser',
]

const actionsOf: Readonly<Record<OperatorRole, readonly string[]>> = { administrator: everything, support: helping, 'read-only': reading }

/** What concerns the whole server, and so only roles that are not bounded to pools. */
const onServer: Readonly<Record<OperatorRole, readonly string[]>> = {
  administrator: [],
  support: ['cognito-idp:ListUserPools'],
  'read-only': ['cognito-idp:ListUserPools', 'poolhouse:ReadMetrics'],
}

/** What is wrong with the id of a pool that a role is bounded to, as a sentence. */
export const rolePoolFault = (poolId: string): string | undefined =>
  /^[a-z0-9-]{1,32}_[0-9a-zA-Z]{1,55}$/.test(poolId) ? undefined : `${poolId} is no id of a user pool, such as us-east-1_EXAMPLE.`

const poolArn = (poolId: string): string => `arn:aws:cognito-idp:${poolId.slice(0, poolId.indexOf('_'))}:*:userpool/${poolId}`

/** A role as an IAM policy document, for all user pools or for some; whoever is bounded to some still sees the names of all in the list. */
export const rolePolicy = (role: OperatorRole, poolIds: readonly string[] = []): object => {
  const isBounded = poolIds.length > 0
  const global = isBounded ? ['cognito-idp:ListUserPools'] : onServer[role]
  const statements = [
    { Effect: 'Allow', Action: actionsOf[role], Resource: isBounded ? poolIds.map(poolArn) : '*' },
    ...(global.length > 0 ? [{ Effect: 'Allow', Action: global, Resource: '*' }] : []),
  ]
  return { Version: '2012-10-17', Statement: statements }
}
