/** The pool that everything is measured in: 100 confirmed users in a group, and an app client without a secret. */
export const benchPool = { id: 'us-east-1_Benchmark', clientId: '1bench2mark3client4poolhous', region: 'us-east-1', users: 100 } as const

/** The name of the `index`-th user. */
export const userName = (index: number): string => `user-${index}`

/** Every user's password. */
export const password = 'Correct-Horse-7'

/** What the test hook makes it from. */
export const seedDocument = {
  pools: [
    {
      name: 'Benchmark',
      id: benchPool.id,
      region: benchPool.region,
      settings: { AutoVerifiedAttributes: ['email'] },
      clients: [
        {
          name: 'Benchmark',
          id: benchPool.clientId,
          settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
        },
      ],
      groups: [{ GroupName: 'readers' }],
      users: Array.from({ length: benchPool.users }, (_, index) => ({
        username: userName(index),
        password,
        attributes: { email: `${userName(index)}@example.com`, email_verified: 'true', name: 'Somebody' },
        groups: ['readers'],
      })),
    },
  ],
}
