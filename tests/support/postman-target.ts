import { schemaFrom } from '../../src/domain/attribute-schema.ts'
import { operationNames } from '../../src/model/model.ts'
import { operations } from '../../src/operations/index.ts'
import type { PostmanTarget } from '../../src/postman/target.ts'

const schema = schemaFrom([{ Name: 'plan', AttributeDataType: 'String' }])

/** A target with an app client that may do everything, changed in parts. */
export const postmanTarget = ({
  pool = {},
  client = {},
  ...rest
}: {
  readonly pool?: Partial<PostmanTarget['pool']>
  readonly client?: Partial<PostmanTarget['client']>
} & Partial<Omit<PostmanTarget, 'pool' | 'client'>> = {}): PostmanTarget => ({
  endpoint: 'http://localhost:9339',
  region: 'us-east-1',
  pool: {
    Id: 'us-east-1_Shop',
    Name: 'Shop',
    AutoVerifiedAttributes: ['email'],
    SchemaAttributes: 'schema' in schema ? schema.schema : [],
    ...pool,
  },
  mfa: { MfaConfiguration: 'OFF' },
  client: {
    ClientId: 'shopweb',
    ClientName: 'Web',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code', 'implicit'],
    AllowedOAuthScopes: ['openid', 'email'],
    CallbackURLs: ['http://localhost:3000/callback'],
    SupportedIdentityProviders: ['COGNITO'],
    ...client,
  },
  oauthUrl: 'http://localhost:9339',
  mailboxUrl: 'http://localhost:9339/_poolhouse/messages',
  credentials: { accessKeyId: 'any', secretKey: 'any' },
  operations: operationNames.filter((name) => operations[name] !== undefined),
  leftOut: [],
  ...rest,
})
