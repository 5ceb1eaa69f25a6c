/** The pool that most is measured in: 100 confirmed users in a group, and an app client without a secret. */
export const benchPool = { id: 'us-east-1_Benchmark', clientId: '1bench2mark3client4poolhous', region: 'us-east-1', users: 100 } as const

/** An app client of that pool whose refresh tokens rotate. */
export const rotatingClient = '2bench2mark3client4poolhous'

/** An app client of that pool whose users sign in on pages. */
export const pageClient = { id: '5bench2mark3client4poolhous', callback: 'https://app.example.com/callback' } as const

/** An app client of that pool that gets tokens for itself. */
export const machineClient = {
  id: '6bench2mark3client4poolhous',
  secret: 'bench0mark1secret2of3a4machine5client6poolhouse7',
  scope: 'books/read',
} as const

/** A pool whose users have a software token besides the password; a code is good once, so they are many. */
export const totpPool = { id: 'us-east-1_BenchTotp', clientId: '3bench2mark3client4poolhous', users: 400 } as const

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`
const functions = { DefineAuthChallenge: arn('define'), CreateAuthChallenge: arn('create'), VerifyAuthChallengeResponse: arn('verify') }

/** A pool with custom authentication, whose three functions are exports of one module. */
export const customPool = { id: 'us-east-1_BenchCust', clientId: '4bench2mark3client4poolhous', functions } as const

/** The name of the `index`-th user. */
export const userName = (index: number): string => `user-${index}`

/** Every user's password. */
export const password = 'Correct-Horse-7'

const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH']
const RefreshTokenRotation = { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 }

const usersOf = (count: number, groups: readonly string[] = []) =>
  Array.from({ length: count }, (_, index) => ({
    username: userName(index),
    password,
    attributes: { email: `${userName(index)}@example.com`, email_verified: 'true', name: 'Somebody' },
    groups,
  }))

const { region } = benchPool

/** What the test hook makes them from. */
export const seedDocument = {
  pools: [
    {
      name: 'Benchmark',
      id: benchPool.id,
      region,
      settings: { AutoVerifiedAttributes: ['email'] },
      clients: [
        { name: 'Benchmark', id: benchPool.clientId, settings: { ExplicitAuthFlows: [...ExplicitAuthFlows, 'ALLOW_REFRESH_TOKEN_AUTH'] } },
        { name: 'Rotating', id: rotatingClient, settings: { ExplicitAuthFlows, RefreshTokenRotation } },
        {
          name: 'Pages',
          id: pageClient.id,
          settings: {
            AllowedOAuthFlows: ['code', 'implicit'],
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthScopes: ['openid', 'email'],
            CallbackURLs: [pageClient.callback],
            SupportedIdentityProviders: ['COGNITO'],
          },
        },
        {
          name: 'Machine',
          id: machineClient.id,
          secret: machineClient.secret,
          settings: {
            AllowedOAuthFlows: ['client_credentials'],
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthScopes: [machineClient.scope],
          },
        },
      ],
      resourceServers: [{ Identifier: 'books', Name: 'Books', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read books' }] }],
      groups: [{ GroupName: 'readers' }],
      users: usersOf(benchPool.users, ['readers']),
    },
    {
      name: 'Software tokens',
      id: totpPool.id,
      region,
      clients: [{ name: 'Benchmark', id: totpPool.clientId, settings: { ExplicitAuthFlows } }],
      users: usersOf(totpPool.users),
    },
    {
      name: 'Custom authentication',
      id: customPool.id,
      region,
      settings: { LambdaConfig: functions },
      clients: [{ name: 'Benchmark', id: customPool.clientId, settings: { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] } }],
      users: usersOf(benchPool.users),
    },
  ],
}
