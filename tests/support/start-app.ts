import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { type Poolhouse, type StartPoolhouseOptions, startPoolhouse } from '../../src/lib.ts'

/** The password of every user in tests with real clients. */
export const password = 'Correct-Horse-7'

/** The settings of a user pool and an app client that matter to a test. */
export interface AppSettings {
  readonly pool?: Partial<CreateUserPoolCommandInput>
  readonly client?: Partial<CreateUserPoolClientCommandInput>
}

/** A user pool and a public app client, made with the AWS SDK as an application's developer would. */
export interface App {
  /** Signs with made-up credentials, as `dev` accepts them. */
  readonly admin: CognitoIdentityProviderClient
  readonly poolId: string
  readonly clientId: string
  /** Makes a confirmed user with a verified e-mail address `<name>@example.org`. */
  addUser(name: string): Promise<void>
  /** Makes a user who must replace this temporary password. */
  inviteUser(name: string, temporaryPassword: string): Promise<void>
}

/** The AWS SDK, pointed at a server. */
export const sdkClient = (url: string, more: object = {}): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'made up' },
    ...more,
  })

/** Sets an application up in a server that listens. */
export const setUpApp = async (url: string, { pool, client }: AppSettings = {}): Promise<App> => {
  const admin = sdkClient(url)
  const { UserPool } = await admin.send(new CreateUserPoolCommand({ PoolName: 'shop', AutoVerifiedAttributes: ['email'], ...pool }))
  const poolId = UserPool?.Id ?? ''
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ...client,
    }),
  )
  const inviteUser = async (Username: string, TemporaryPassword: string) => {
    const UserAttributes = [
      { Name: 'email', Value: `${Username}@example.org` },
      { Name: 'email_verified', Value: 'true' },
    ]
    await admin.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username, TemporaryPassword, UserAttributes, MessageAction: 'SUPPRESS' }),
    )
  }
  const addUser = async (Username: string) => {
    await inviteUser(Username, password)
    await admin.send(new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username, Password: password, Permanent: true }))
  }
  return { admin, poolId, clientId: UserPoolClient?.ClientId ?? '', addUser, inviteUser }
}

/** Starts a server in a child process, with an application in it; `server.stop` ends both. */
export const startApp = async (options: StartPoolhouseOptions = {}): Promise<App & { readonly server: Poolhouse }> => {
  const server = await startPoolhouse(options)
  try {
    return { server, ...(await setUpApp(server.url)) }
  } catch (error) {
    await server.stop()
    throw error
  }
}
