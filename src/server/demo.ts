import type { Store } from '../storage/store.ts'
import type { SeedDocument } from './seed-document.ts'

const demoUser = { username: 'demo', password: 'Demo-Password-1', email: 'demo@example.com' } as const

const demoClientId = '1demo2client3of4poolhouse5'
const demoPoolId = (region: string) => `${region}_PoolHouse`

/** What somebody needs to sign in to the demo pool. */
export interface DemoPool {
  readonly userPoolId: string
  readonly clientId: string
  readonly username: string
  readonly password: string
}

/** The demo pool, if it is still there. */
export const findDemo = async (store: Store, region: string): Promise<DemoPool | undefined> => {
  const found = await store.clients.byClientId(demoClientId)
  if (found?.pool.Id !== demoPoolId(region)) return undefined
  return { userPoolId: found.pool.Id, clientId: demoClientId, username: demoUser.username, password: demoUser.password }
}

/** The pool, app client and user that an empty development server begins with. */
export const demoSeed = (region: string): SeedDocument => ({
  pools: [
    {
      id: demoPoolId(region),
      name: 'Demo',
      region,
      settings: { AutoVerifiedAttributes: ['email'] },
      clients: [
        {
          id: demoClientId,
          name: 'Demo app',
          settings: {
            ExplicitAuthFlows: [
              'ALLOW_USER_PASSWORD_AUTH',
              'ALLOW_ADMIN_USER_PASSWORD_AUTH',
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
            ],
          },
        },
      ],
      groups: [{ GroupName: 'readers', Description: 'People who read' }],
      users: [
        {
          username: demoUser.username,
          password: demoUser.password,
          attributes: { email: demoUser.email, email_verified: 'true', name: 'Demo' },
          groups: ['readers'],
        },
      ],
    },
  ],
})
