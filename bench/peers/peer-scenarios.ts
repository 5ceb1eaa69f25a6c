import { password } from '../pool.ts'
import { adminRequest, apiRequest } from '../requests.ts'

// The same requests for every server of the comparison. All of them know pools whose users sign in with their addresses.

const nameOf = (index: number): string => `user-${index}@example.com`

/** Makes a pool. */
export const peerPool = (): Uint8Array => adminRequest('CreateUserPool', { PoolName: 'Benchmark', UsernameAttributes: ['email'] })

/** Makes an app client for sign-ins with a password. */
export const peerClient = (UserPoolId: string): Uint8Array =>
  adminRequest('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'Benchmark',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })

/** Makes a user and gives it its password, one request after the other. */
export const peerUser = (UserPoolId: string, index: number): readonly Uint8Array[] => {
  const Username = nameOf(index)
  const UserAttributes = [
    { Name: 'email', Value: Username },
    { Name: 'email_verified', Value: 'true' },
  ]
  return [
    adminRequest('AdminCreateUser', { UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
    adminRequest('AdminSetUserPassword', { UserPoolId, Username, Password: password, Permanent: true }),
  ]
}

/** Sign-ins of users drawn at random among the first so many. */
export const randomSignIns = (ClientId: string, users: number): (() => Uint8Array) => {
  const requests = Array.from({ length: users }, (_, index) =>
    apiRequest('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: nameOf(index), PASSWORD: password },
    }),
  )
  return () => requests[Math.floor(Math.random() * users)] as Uint8Array
}
