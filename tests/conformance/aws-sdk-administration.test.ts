import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { createSdkVisitor, type SdkVisitor } from '../support/sdk-visitor.ts'
import { type App, password, setUpApp } from '../support/start-app.ts'

let server: Poolhouse
let app: App
let visitor: SdkVisitor

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true })
  app = await setUpApp(server.url)
  visitor = createSdkVisitor(server.url, app)
})
afterAll(() => server.stop())

const named = (Username: string) => ({ UserPoolId: app.poolId, Username })
const expectNow = (...dates: readonly (Date | undefined)[]) => {
  for (const at of dates) {
    expect(at).toBeInstanceOf(Date)
    expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  }
}
/** What a paginator of the SDK finds, page by page. */
const pagesOf = async <Output, Item>(pages: AsyncIterable<Output>, items: (page: Output) => Item[] | undefined): Promise<Item[][]> => {
  const found: Item[][] = []
  for await (const page of pages) found.push(items(page) ?? [])
  return found
}
const sizes = (pages: readonly (readonly unknown[])[]) => pages.map(({ length }) => length)

describe('administration by the AWS SDK', () => {
  it('groups users', async () => {
    const { admin, poolId: UserPoolId } = app
    const names = ['gil', 'gus', 'gwen']
    for (const name of names) await app.addUser(name)
    for (const at of [1, 2, 3]) await admin.send(new sdk.CreateGroupCommand({ UserPoolId, GroupName: `group-${at}`, Precedence: at }))
    const group = { UserPoolId, GroupName: 'group-1' }
    const { Group } = await admin.send(new sdk.UpdateGroupCommand({ ...group, Description: 'the first', Precedence: 7 }))
    expect(Group).toMatchObject({ GroupName: 'group-1', Description: 'the first', Precedence: 7 })
    const read = (await admin.send(new sdk.GetGroupCommand(group))).Group
    expect(read).toEqual(Group)
    expectNow(read?.CreationDate, read?.LastModifiedDate)

    for (const name of names) await admin.send(new sdk.AdminAddUserToGroupCommand({ ...named(name), GroupName: 'group-1' }))
    for (const GroupName of ['group-2', 'group-3']) await admin.send(new sdk.AdminAddUserToGroupCommand({ ...named('gil'), GroupName }))
    const page = { client: admin, pageSize: 2 }
    const members = await pagesOf(sdk.paginateListUsersInGroup(page, group), ({ Users }) => Users)
    expect(sizes(members)).toEqual([2, 1])
    const groups = await pagesOf(sdk.paginateAdminListGroupsForUser(page, named('gil')), ({ Groups }) => Groups)
    expect(sizes(groups)).toEqual([2, 1])
    await admin.send(new sdk.AdminRemoveUserFromGroupCommand({ ...named('gil'), GroupName: 'group-1' }))
    await admin.send(new sdk.DeleteGroupCommand({ UserPoolId, GroupName: 'group-2' }))
    expect((await admin.send(new sdk.AdminListGroupsForUserCommand(named('gil')))).Groups).toMatchObject([{ GroupName: 'group-3' }])
    expect(await refusal(admin.send(new sdk.GetGroupCommand({ UserPoolId, GroupName: 'group-2' })))).toBeInstanceOf(
      sdk.ResourceNotFoundException,
    )
  })

  it('describes, changes and deletes resource servers', async () => {
    const { admin, poolId: UserPoolId } = app
    for (const Identifier of ['api', 'blog', 'chat']) {
      await admin.send(new sdk.CreateResourceServerCommand({ UserPoolId, Identifier, Name: Identifier }))
    }
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'reads' }]
    const changed = await admin.send(new sdk.UpdateResourceServerCommand({ UserPoolId, Identifier: 'api', Name: 'API', Scopes }))
    expect(changed.ResourceServer).toMatchObject({ Identifier: 'api', Name: 'API', Scopes })
    const read = await admin.send(new sdk.DescribeResourceServerCommand({ UserPoolId, Identifier: 'api' }))
    expect(read.ResourceServer).toEqual(changed.ResourceServer)
    const list = () =>
      pagesOf(sdk.paginateListResourceServers({ client: admin, pageSize: 2 }, { UserPoolId, MaxResults: 2 }), (at) => at.ResourceServers)
    expect(sizes(await list())).toEqual([2, 1])
    await admin.send(new sdk.DeleteResourceServerCommand({ UserPoolId, Identifier: 'chat' }))
    expect((await list()).flat().map(({ Identifier }) => Identifier)).toEqual(['api', 'blog'])
  })

  it('gives a pool domains, changes and deletes them', async () => {
    const { admin, poolId: UserPoolId } = app
    const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/a1b2c3d4' }
    const made = await admin.send(new sdk.CreateUserPoolDomainCommand({ UserPoolId, Domain: 'shop', ManagedLoginVersion: 2 }))
    expect(made).toMatchObject({ ManagedLoginVersion: 2 })
    expect(made.CloudFrontDomain).toBeUndefined()
    const custom = { UserPoolId, Domain: 'auth.example.org', CustomDomainConfig }
    expect((await admin.send(new sdk.CreateUserPoolDomainCommand(custom))).CloudFrontDomain).toBe('localhost')
    const { UserPool } = await admin.send(new sdk.DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool).toMatchObject({ Domain: 'shop', CustomDomain: 'auth.example.org' })
    expect(await refusal(admin.send(new sdk.DeleteUserPoolCommand({ UserPoolId })))).toBeInstanceOf(sdk.InvalidParameterException)

    const updated = await admin.send(new sdk.UpdateUserPoolDomainCommand({ ...custom, ManagedLoginVersion: 2 }))
    expect(updated).toMatchObject({ ManagedLoginVersion: 2, CloudFrontDomain: 'localhost' })
    const described = (Domain: string) => admin.send(new sdk.DescribeUserPoolDomainCommand({ Domain }))
    expect((await described('auth.example.org')).DomainDescription).toMatchObject({ ...custom, ManagedLoginVersion: 2, Status: 'ACTIVE' })
    for (const Domain of ['shop', 'auth.example.org']) {
      await admin.send(new sdk.DeleteUserPoolDomainCommand({ UserPoolId, Domain }))
      expect((await described(Domain)).DomainDescription).toEqual({})
    }
    const again = refusal(admin.send(new sdk.DeleteUserPoolDomainCommand({ UserPoolId, Domain: 'shop' })))
    expect(await again).toMatchObject({ name: 'InvalidParameterException', message: 'No such domain or user pool exists.' })
  })

  it('changes, tags and deletes a pool', async () => {
    const { admin } = app
    const { UserPool } = await admin.send(new sdk.CreateUserPoolCommand({ PoolName: 'short', UserPoolTags: { stage: 'test' } }))
    const { Id: UserPoolId, Arn: ResourceArn } = UserPool ?? {}
    await admin.send(new sdk.UpdateUserPoolCommand({ UserPoolId, AutoVerifiedAttributes: ['email'], UserPoolTags: { stage: 'test' } }))
    const CustomAttributes: sdk.SchemaAttributeType[] = [{ Name: 'size', AttributeDataType: 'Number', Mutable: true }]
    await admin.send(new sdk.AddCustomAttributesCommand({ UserPoolId, CustomAttributes }))
    const described = (await admin.send(new sdk.DescribeUserPoolCommand({ UserPoolId }))).UserPool
    expect(described?.AutoVerifiedAttributes).toEqual(['email'])
    expect(described?.SchemaAttributes).toContainEqual(expect.objectContaining({ Name: 'custom:size', AttributeDataType: 'Number' }))
    const { Certificate } = await admin.send(new sdk.GetSigningCertificateCommand({ UserPoolId }))
    expect(Buffer.from(Certificate ?? '', 'base64').length).toBeGreaterThan(200)

    await admin.send(new sdk.TagResourceCommand({ ResourceArn, Tags: { team: 'web', old: 'yes' } }))
    await admin.send(new sdk.UntagResourceCommand({ ResourceArn, TagKeys: ['old'] }))
    const { Tags } = await admin.send(new sdk.ListTagsForResourceCommand({ ResourceArn }))
    expect(Tags).toEqual({ stage: 'test', team: 'web' })
    expect((await admin.send(new sdk.DeleteUserPoolCommand({ UserPoolId }))).$metadata.httpStatusCode).toBe(200)
    expect(await refusal(admin.send(new sdk.DescribeUserPoolCommand({ UserPoolId })))).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('changes an app client, turns its secrets over and deletes it', async () => {
    const { admin, poolId: UserPoolId } = app
    const { UserPoolClient } = await admin.send(
      new sdk.CreateUserPoolClientCommand({ UserPoolId, ClientName: 'back', GenerateSecret: true }),
    )
    const client = { UserPoolId, ClientId: UserPoolClient?.ClientId }
    await admin.send(new sdk.UpdateUserPoolClientCommand({ ...client, ClientName: 'back end', RefreshTokenValidity: 7 }))
    const described = (await admin.send(new sdk.DescribeUserPoolClientCommand(client))).UserPoolClient
    expect(described).toMatchObject({ ClientName: 'back end', RefreshTokenValidity: 7 })
    expectNow(described?.CreationDate, described?.LastModifiedDate)

    const added = (await admin.send(new sdk.AddUserPoolClientSecretCommand(client))).ClientSecretDescriptor
    expect(added?.ClientSecretValue).toMatch(/^[\da-z]{40,}$/)
    const list = async () => (await admin.send(new sdk.ListUserPoolClientSecretsCommand(client))).ClientSecrets ?? []
    const secrets = await list()
    expectNow(...secrets.map(({ ClientSecretCreateDate }) => ClientSecretCreateDate))
    const [older] = secrets.filter(({ ClientSecretId }) => ClientSecretId !== added?.ClientSecretId)
    await admin.send(new sdk.DeleteUserPoolClientSecretCommand({ ...client, ClientSecretId: older?.ClientSecretId }))
    expect((await list()).map(({ ClientSecretId }) => ClientSecretId)).toEqual([added?.ClientSecretId])
    await admin.send(new sdk.DeleteUserPoolClientCommand(client))
    expect(await refusal(admin.send(new sdk.DescribeUserPoolClientCommand(client)))).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('disables and enables a user, and has the password reset', async () => {
    const { admin, clientId: ClientId } = app
    await app.addUser('dora')
    await admin.send(new sdk.AdminDisableUserCommand(named('dora')))
    expect(await refusal(visitor.signIn('dora'))).toBeInstanceOf(sdk.NotAuthorizedException)
    await admin.send(new sdk.AdminEnableUserCommand(named('dora')))
    await visitor.signIn('dora')
    await admin.send(new sdk.AdminResetUserPasswordCommand(named('dora')))
    expect(await refusal(visitor.signIn('dora'))).toBeInstanceOf(sdk.PasswordResetRequiredException)
    const ConfirmationCode = await server.mailbox.code('dora@example.org')
    const forgotten = { ClientId, Username: 'dora', Password: password }
    const confirm = (code: string) => visitor.send(new sdk.ConfirmForgotPasswordCommand({ ...forgotten, ConfirmationCode: code }))
    expect(await refusal(confirm('000000'))).toBeInstanceOf(sdk.CodeMismatchException)
    await confirm(ConfirmationCode)
    await visitor.signIn('dora')
  })
})

describe('a user by the AWS SDK', () => {
  it('changes the password and attributes, and proves an address', async () => {
    await app.addUser('una')
    const { AccessToken } = await visitor.signIn('una')
    const next = { AccessToken, PreviousPassword: password, ProposedPassword: password }
    expect(await refusal(visitor.send(new sdk.ChangePasswordCommand({ ...next, ProposedPassword: 'short' })))).toBeInstanceOf(
      sdk.InvalidPasswordException,
    )
    await visitor.send(new sdk.ChangePasswordCommand({ ...next, ProposedPassword: 'Another-Horse-8' }))

    const UserAttributes = ['name', 'nickname', 'locale'].map((Name) => ({ Name, Value: Name }))
    const email = { Name: 'email', Value: 'una.new@example.org' }
    const { CodeDeliveryDetailsList } = await visitor.send(
      new sdk.UpdateUserAttributesCommand({ AccessToken, UserAttributes: [...UserAttributes, email] }),
    )
    expect(CodeDeliveryDetailsList).toMatchObject([{ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'u***@e***' }])
    const sent = await visitor.send(new sdk.GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }))
    expect(sent.CodeDeliveryDetails).toMatchObject({ AttributeName: 'email' })
    const Code = await server.mailbox.code('una.new@example.org')
    await visitor.send(new sdk.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }))
    await visitor.send(new sdk.DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['nickname'] }))
    await app.admin.send(new sdk.AdminDeleteUserAttributesCommand({ ...named('una'), UserAttributeNames: ['locale'] }))
    const me = await visitor.send(new sdk.GetUserCommand({ AccessToken }))
    expect(me.UserAttributes?.filter(({ Name }) => Name !== 'sub').sort((a, b) => (a.Name ?? '').localeCompare(b.Name ?? ''))).toEqual([
      email,
      { Name: 'email_verified', Value: 'true' },
      { Name: 'name', Value: 'name' },
    ])
    await visitor.send(new sdk.GlobalSignOutCommand({ AccessToken }))
    expect(await refusal(visitor.send(new sdk.DeleteUserCommand({ AccessToken })))).toBeInstanceOf(sdk.NotAuthorizedException)
  })

  it('gets the code of the sign-up once more', async () => {
    const { clientId: ClientId } = app
    const user = { ClientId, Username: 'tess' }
    const UserAttributes = [{ Name: 'email', Value: 'tess@example.org' }]
    await visitor.send(new sdk.SignUpCommand({ ...user, Password: password, UserAttributes }))
    const { CodeDeliveryDetails } = await visitor.send(new sdk.ResendConfirmationCodeCommand(user))
    expect(CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 't***@e***' })
    expect(await server.mailbox.messages('tess@example.org')).toHaveLength(2)
  })
})
