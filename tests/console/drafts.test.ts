import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { type ConsolePage, type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let opened: OpenConsole
let UserPoolId = ''
const api = <N extends OperationName>(operation: N, input: Input<N>) => callApi(opened.server.url, operation, input)

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        domains: [
          {
            Domain: 'login.shop.example',
            CustomDomainConfig: { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' },
            ManagedLoginVersion: 2,
          },
        ],
        groups: [{ GroupName: 'editors', Description: 'Write texts', Precedence: 3 }, { GroupName: 'readers' }],
        resourceServers: [{ Identifier: 'api', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] }],
        clients: [
          {
            name: 'web',
            id: 'webclient',
            settings: {
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid'],
              CallbackURLs: ['https://shop.example/back'],
              SupportedIdentityProviders: ['COGNITO'],
            } as never,
          },
        ],
        users: [
          {
            username: 'ada',
            password: 'Correct-Horse-7',
            attributes: { email: 'ada@example.org', nickname: 'ada', phone_number: '+491701234567', phone_number_verified: 'true' },
          },
        ],
      },
    ],
  })
  UserPoolId = opened.pools[0]?.userPoolId ?? ''
})
afterAll(() => opened?.close())

const field = ({ page }: ConsolePage, name: string) => page.getByRole('textbox', { name, exact: true })
const press = ({ page }: ConsolePage, name: string) => page.getByRole('button', { name, exact: true }).click()
const back = 'was typed here before is back'

describe.skipIf(!hasBrowser)(`what is typed into the console${browserNote}`, () => {
  it('is thrown away by Leave, so that the form shows later what is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/groups/editors/edit`)
    const { page, faults } = opening
    await field(opening, 'Precedence - optional').fill('9')
    await page.getByRole('link', { name: 'App clients' }).click()
    await page.getByRole('dialog', { name: 'Leave the page?' }).getByRole('button', { name: 'Leave' }).click()
    await page.getByRole('heading', { level: 1, name: 'App clients' }).waitFor()
    expect(await page.evaluate('Object.keys(sessionStorage).filter((key) => key.includes("draft"))')).toEqual([])
    await api('UpdateGroup', { UserPoolId, GroupName: 'editors', Precedence: 5 })
    await page.evaluate('history.back()')
    await page.getByRole('heading', { level: 1, name: 'Edit group' }).waitFor()
    expect(await field(opening, 'Precedence - optional').inputValue()).toBe('5')
    expect(await page.getByText(back).count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('comes back after a reload with a word about it, beside what others have saved since', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/groups/readers/edit`)
    const { page, barriers, faults } = opening
    await field(opening, 'Precedence - optional').fill('7')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText(back).waitFor()
    expect(await page.getByText('has been changed since').count()).toBe(0)
    await api('UpdateGroup', { UserPoolId, GroupName: 'readers', Description: 'Read texts', Precedence: 4 })
    await page.reload()
    await page.getByText('has been changed since').waitFor()
    expect(await barriers()).toEqual([])
    expect(await field(opening, 'Description - optional').inputValue()).toBe('Read texts')
    expect(await field(opening, 'Precedence - optional').inputValue()).toBe('7')
    await press(opening, 'Discard')
    expect(await field(opening, 'Precedence - optional').inputValue()).toBe('4')
    expect(await page.getByText(back).count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('of a group and its members is all that is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/groups/editors/edit`)
    const { page } = opening
    await field(opening, 'Description - optional').fill('Write everything')
    await api('UpdateGroup', { UserPoolId, GroupName: 'editors', Precedence: 1 })
    await press(opening, 'Save changes')
    await page.getByText('The group editors was changed.').waitFor()
    const { Group } = await api('GetGroup', { UserPoolId, GroupName: 'editors' })
    expect(Group).toMatchObject({ Description: 'Write everything', Precedence: 1 })
    await page.close()
  })

  it('of an app client’s login pages is all that is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/app-clients/webclient/login-pages`)
    const { page } = opening
    await field(opening, 'Allowed callback URL 1').fill('https://shop.example/home')
    const { UserPoolClient } = await api('DescribeUserPoolClient', { UserPoolId, ClientId: 'webclient' })
    const { CreationDate, LastModifiedDate, ...settings } = UserPoolClient
    await api('UpdateUserPoolClient', { ...settings, AllowedOAuthScopes: ['openid', 'email'], LogoutURLs: ['https://shop.example/bye'] })
    await press(opening, 'Save changes')
    await page.getByText('The login pages of the app client were changed.').waitFor()
    const after = (await api('DescribeUserPoolClient', { UserPoolId, ClientId: 'webclient' })).UserPoolClient
    expect(after).toMatchObject({
      CallbackURLs: ['https://shop.example/home'],
      AllowedOAuthScopes: ['openid', 'email'],
      LogoutURLs: ['https://shop.example/bye'],
    })
    await page.close()
  })

  it('of an app client’s information is all that is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/app-clients/webclient/edit`)
    const { page } = opening
    await field(opening, 'App client name').fill('web shop')
    const { UserPoolClient } = await api('DescribeUserPoolClient', { UserPoolId, ClientId: 'webclient' })
    const { CreationDate, LastModifiedDate, ...settings } = UserPoolClient
    await api('UpdateUserPoolClient', { ...settings, AccessTokenValidity: 45, TokenValidityUnits: { AccessToken: 'minutes' } })
    await press(opening, 'Save changes')
    await page.getByText('The app client web shop was changed.').waitFor()
    const after = (await api('DescribeUserPoolClient', { UserPoolId, ClientId: 'webclient' })).UserPoolClient
    expect(after).toMatchObject({ ClientName: 'web shop', AccessTokenValidity: 45, TokenValidityUnits: { AccessToken: 'minutes' } })
    await page.close()
  })

  it('of a resource server is all that is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/resource-servers/api`)
    const { page } = opening
    await field(opening, 'Resource server name').fill('All orders')
    const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }))
    await api('UpdateResourceServer', { UserPoolId, Identifier: 'api', Name: 'Orders', Scopes })
    await press(opening, 'Save changes')
    await page.getByText('The resource server All orders was changed.').waitFor()
    const { ResourceServer } = await api('DescribeResourceServer', { UserPoolId, Identifier: 'api' })
    expect(ResourceServer).toMatchObject({ Name: 'All orders', Scopes })
    await page.close()
  })

  it('of a pool’s settings and of its MFA is all that is saved', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/authentication-methods/password-policy`)
    const { page, go } = opening
    await page.getByRole('spinbutton', { name: 'Password minimum length' }).fill('12')
    const { UserPool: pool } = await api('DescribeUserPool', { UserPoolId })
    const PasswordPolicy = { ...pool.Policies.PasswordPolicy, TemporaryPasswordValidityDays: 30 }
    await api('UpdateUserPool', { UserPoolId, Policies: { PasswordPolicy } })
    await press(opening, 'Save changes')
    await page.getByText('Saved: password policy.').waitFor()
    const { Policies } = (await api('DescribeUserPool', { UserPoolId })).UserPool
    expect(Policies.PasswordPolicy).toMatchObject({ MinimumLength: 12, TemporaryPasswordValidityDays: 30 })

    await go(`user-pools/${UserPoolId}/sign-in/mfa`)
    await page.getByRole('radio', { name: 'Optional MFA' }).check()
    await page.getByRole('checkbox', { name: 'Authenticator apps' }).check()
    const mfa = { UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const
    await api('SetUserPoolMfaConfig', mfa)
    await page.getByRole('radio', { name: 'No MFA' }).check()
    await press(opening, 'Save changes')
    await page.getByText('Saved: multi-factor authentication.').waitFor()
    expect((await api('GetUserPoolMfaConfig', { UserPoolId })).MfaConfiguration).toBe('ON')
    await page.close()
  })

  it('of a user that another has changed since is all that is saved, after a reload too', async () => {
    const opening = await opened.open(`user-pools/${UserPoolId}/users/ada/edit`)
    const { page } = opening
    await field(opening, 'nickname - optional').fill('countess')
    await api('AdminUpdateUserAttributes', { UserPoolId, Username: 'ada', UserAttributes: [{ Name: 'email', Value: 'new@example.org' }] })
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await page.getByText('has been changed since').waitFor()
    await press(opening, 'Save changes')
    await page.getByText('The attributes were saved.').waitFor()
    const { UserAttributes } = await api('AdminGetUser', { UserPoolId, Username: 'ada' })
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'new@example.org' })
    expect(UserAttributes).toContainEqual({ Name: 'nickname', Value: 'countess' })
    await page.close()
  })

  it('of a user’s second factors and of a domain is all that is saved', async () => {
    const ada = { UserPoolId, Username: 'ada' }
    const SmsMfaConfiguration = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' } }
    await api('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration })
    const opening = await opened.open(`user-pools/${UserPoolId}/users/ada?tab=mfa`)
    const { page, go, faults } = opening
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: 'SMS message' }).waitFor()
    await api('AdminSetUserMFAPreference', { ...ada, SMSMfaSettings: { Enabled: true, PreferredMfa: true } })
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The MFA preferences were saved.').waitFor()
    expect(await api('AdminGetUser', ada)).toMatchObject({ UserMFASettingList: ['SMS_MFA'], PreferredMfaSetting: 'SMS_MFA' })

    await go(`user-pools/${UserPoolId}/domain`)
    await page.getByRole('button', { name: 'Edit custom domain' }).click()
    const certificate = 'arn:aws:acm:us-east-1:000000000000:certificate/'
    await dialog.getByRole('textbox', { name: 'ACM certificate ARN' }).fill(`${certificate}2`)
    const CustomDomainConfig = { CertificateArn: `${certificate}1` }
    await api('UpdateUserPoolDomain', { UserPoolId, Domain: 'login.shop.example', CustomDomainConfig, ManagedLoginVersion: 1 })
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { DomainDescription } = await api('DescribeUserPoolDomain', { Domain: 'login.shop.example' })
    expect(DomainDescription).toMatchObject({ ManagedLoginVersion: 1, CustomDomainConfig: { CertificateArn: `${certificate}2` } })
    expect(faults).toEqual([])
    await page.close()
  })
})
