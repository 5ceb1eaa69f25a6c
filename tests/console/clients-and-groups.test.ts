import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsolePage, type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'

let opened: OpenConsole
let pool = ''

beforeAll(async () => {
  if (!hasBrowser) return
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: { Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }] },
        resourceServers: [
          { Identifier: 'https://api.example.com', Name: 'Orders', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] },
        ],
        clients: [
          {
            name: 'kept',
            id: 'keptclient',
            secret: 'keptSecretOfTheBackend0123456789',
            settings: { WriteAttributes: ['name'], AuthSessionValidity: 7 },
          },
        ],
        groups: [{ GroupName: 'editors', Precedence: 3 }],
        users: [{ username: 'ada', password: 'Correct-Horse-7' }],
      },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
})
afterAll(() => opened?.close())

const api = async (operation: string, input: object) => {
  const { url } = opened.server
  const answer = await fetch(`${url}/console/api`, {
    method: 'POST',
    headers: {
      origin: url,
      'sec-fetch-site': 'same-origin',
      'x-poolhouse-console': '1',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ UserPoolId: pool, ...input }),
  })
  return JSON.parse(await answer.text())
}
const describeClient = async (ClientId: string) => (await api('DescribeUserPoolClient', { ClientId })).UserPoolClient
const button = ({ page }: ConsolePage, name: string) => page.getByRole('button', { name, exact: true })

describe.skipIf(!hasBrowser)(`app clients, groups and resource servers in the console${browserNote}`, () => {
  it('makes an app client, shows it, changes it and deletes it by its name', async () => {
    const opening = await opened.open(`user-pools/${pool}/app-clients`)
    const { page, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'Create app client' }).click()
    await page.getByRole('radio', { name: 'Single-page application (SPA)' }).check()
    expect(await barriers()).toEqual([])
    await picture('create-app-client')
    await button(opening, 'Create app client').click()
    await page.getByText('The application needs a name.', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Name your application' }).fill('Web shop')
    await page.getByRole('textbox', { name: 'Return URL - optional' }).fill('http://shop.example/back')
    await button(opening, 'Create app client').click()
    await page.getByText('http://shop.example/back cannot use the HTTP protocol.').waitFor()
    await page.getByRole('textbox', { name: 'Return URL - optional' }).fill('https://shop.example/back')
    await button(opening, 'Create app client').click()
    await page.getByRole('heading', { level: 1, name: 'Web shop' }).waitFor()
    await page.getByText('No client secrets').waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await describeClient(id)).toMatchObject({ CallbackURLs: ['https://shop.example/back'], AllowedOAuthFlows: ['code'] })
    const login = await page.getByRole('link', { name: /View login page/ }).getAttribute('href')
    expect((await fetch(login ?? '')).status).toBe(200)
    expect(await barriers()).toEqual([])
    await picture('app-client')

    await page.getByRole('link', { name: 'Edit app client information' }).click()
    await page.getByRole('checkbox', { name: /ALLOW_USER_PASSWORD_AUTH/ }).check()
    await page.getByRole('textbox', { name: 'Access token expiration' }).fill('3')
    await button(opening, 'Save changes').click()
    await page.getByText(/^Access and ID tokens live 5 minutes to 1 day/).waitFor()
    await page.getByRole('textbox', { name: 'Access token expiration' }).fill('30')
    await page.getByRole('checkbox', { name: 'Enable refresh token rotation' }).check()
    expect(await barriers()).toEqual([])
    await picture('edit-app-client')
    await button(opening, 'Save changes').click()
    await page.getByText('The app client Web shop was changed.').waitFor()
    expect(await describeClient(id)).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'],
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED' },
      CallbackURLs: ['https://shop.example/back'],
    })

    await button(opening, 'Delete').click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Web shop')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The app client Web shop was deleted.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('changes login pages and attribute permissions, and nothing besides', async () => {
    const opening = await opened.open(`user-pools/${pool}/app-clients/keptclient/login-pages`)
    const { page, go, barriers, faults, picture } = opening
    const before = await describeClient('keptclient')
    await page.getByRole('checkbox', { name: 'Use login pages and OAuth 2.0' }).check()
    await button(opening, 'Add allowed callback URL').click()
    await page.getByRole('textbox', { name: 'Allowed callback URL 1' }).fill('https://shop.example/back')
    await page.getByRole('checkbox', { name: 'Authorization code grant' }).check()
    await page.getByRole('checkbox', { name: /^openid/ }).check()
    await page.getByRole('checkbox', { name: 'https://api.example.com/read' }).check()
    await page.getByRole('checkbox', { name: 'Cognito user pool' }).check()
    expect(await barriers()).toEqual([])
    await picture('login-pages')
    await button(opening, 'Save changes').click()
    await page.getByText('The login pages of the app client were changed.').waitFor()
    await go(`user-pools/${pool}/app-clients/keptclient/attribute-permissions`)
    await page.getByRole('checkbox', { name: 'Write custom:plan' }).check()
    await page.getByRole('checkbox', { name: 'Read address' }).uncheck()
    expect(await page.getByRole('checkbox', { name: 'Write email_verified' }).isDisabled()).toBe(true)
    expect(await barriers()).toEqual([])
    await picture('attribute-permissions')
    await button(opening, 'Save changes').click()
    await page.getByText('The attribute permissions of the app client were changed.').waitFor()
    const after = await describeClient('keptclient')
    expect(after).toEqual({
      ...before,
      LastModifiedDate: expect.any(Number),
      AllowedOAuthFlowsUserPoolClient: true,
      CallbackURLs: ['https://shop.example/back'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'https://api.example.com/read'],
      SupportedIdentityProviders: ['COGNITO'],
      ReadAttributes: expect.not.arrayContaining(['address']),
      WriteAttributes: ['custom:plan', 'name'],
    })
    expect(faults).toEqual([])
    await page.close()
  })

  it('shows a second secret once, deletes one, and saves a Postman collection', async () => {
    const opening = await opened.open(`user-pools/${pool}/app-clients/keptclient`)
    const { page, barriers, faults } = opening
    await button(opening, 'Add client secret').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await dialog.getByText('It is not shown again').waitFor()
    expect(await barriers()).toEqual([])
    const secret = (await dialog.textContent())?.match(/[0-9a-z]{52}/)?.[0] ?? ''
    expect(secret).not.toBe('')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('The client secret was added.').waitFor()
    expect(await page.content()).not.toContain(secret)
    const rows = page.getByRole('table', { name: 'Client secrets' }).getByRole('row')
    await rows.nth(2).waitFor()
    const newest = (await api('ListUserPoolClientSecrets', { ClientId: 'keptclient' })).ClientSecrets.at(-1).ClientSecretId
    await page.getByRole('radio', { name: newest }).check()
    await button(opening, 'Delete secret').click()
    await dialog.getByRole('textbox').fill(newest)
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The client secret was deleted.').waitFor()
    expect((await api('ListUserPoolClientSecrets', { ClientId: 'keptclient' })).ClientSecrets).toHaveLength(1)
    const downloading = page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('collection.json'))
    await button(opening, 'Download Postman collection').click()
    const saved = await downloading
    expect(saved.suggestedFilename()).toBe('shop-kept.postman_collection.json')
    const collection = JSON.parse(await readFile(await saved.path(), 'utf8'))
    expect(collection.item.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['Journey', 'OAuth 2.0', 'API']))
    await page.getByText('It holds the client secret.').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('knows a confidential client whose first secret is gone, and a public one', async () => {
    const rotated = (await api('CreateUserPoolClient', { ClientName: 'rotated', GenerateSecret: true })).UserPoolClient.ClientId
    await api('AddUserPoolClientSecret', { ClientId: rotated })
    const [first] = (await api('ListUserPoolClientSecrets', { ClientId: rotated })).ClientSecrets
    await api('DeleteUserPoolClientSecret', { ClientId: rotated, ClientSecretId: first.ClientSecretId })
    const open = (await api('CreateUserPoolClient', { ClientName: 'open' })).UserPoolClient.ClientId
    const opening = await opened.open(`user-pools/${pool}/app-clients/${rotated}`)
    const { page, go, faults, barriers, picture } = opening
    await page.getByText('Known to its applications only').waitFor()
    expect(await barriers()).toEqual([])
    await picture('rotated-client')
    const downloaded = async () => {
      const downloading = page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('collection.json'))
      await button(opening, 'Download Postman collection').click()
      return readFile(await (await downloading).path(), 'utf8')
    }
    expect(await downloaded()).toContain('SECRET_HASH')
    await page.getByText('Type the client secret into its variable client_secret').waitFor()
    await go(`user-pools/${pool}/app-clients/${open}`)
    expect(await downloaded()).not.toContain('SECRET_HASH')
    await page.getByText('choose the environment.', { exact: false }).waitFor()
    expect(await page.getByText('It holds the client secret.').count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('makes a group, adds and removes a member', async () => {
    const opening = await opened.open(`user-pools/${pool}/groups`)
    const { page, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'editors' }).waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('link', { name: 'Create group' }).click()
    await page.getByRole('textbox', { name: 'Group name' }).fill('admins')
    await page.getByRole('textbox', { name: 'Precedence - optional' }).fill('0')
    expect(await barriers()).toEqual([])
    await button(opening, 'Create group').click()
    await page.getByText('The group admins was created.').waitFor()
    await button(opening, 'Add user to group').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'User' }).fill('nobody')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await dialog.getByText('User does not exist.').waitFor()
    await dialog.getByRole('textbox', { name: 'User' }).fill('ada')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('link', { name: 'ada' }).waitFor()
    expect(await barriers()).toEqual([])
    await picture('group')
    await page.getByRole('radio', { name: 'ada' }).check()
    await button(opening, 'Remove from group').click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No members').waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Precedence - optional' }).fill('')
    await button(opening, 'Save changes').click()
    await page.getByText('A precedence can be changed but not taken away.', { exact: true }).waitFor()
    await page.getByRole('textbox', { name: 'Precedence - optional' }).fill('5')
    await button(opening, 'Save changes').click()
    await page.getByText('The group admins was changed.').waitFor()
    expect((await api('GetGroup', { GroupName: 'admins' })).Group).toMatchObject({ Precedence: 5 })
    expect(faults).toEqual([])
    await page.close()
  })

  it('makes and changes a resource server, and gives a machine its own', async () => {
    const opening = await opened.open(`user-pools/${pool}/resource-servers`)
    const { page, go, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'Orders' }).click()
    await button(opening, 'Add custom scope').click()
    await page.getByRole('textbox', { name: 'Scope name' }).nth(1).fill('write')
    await page.getByRole('textbox', { name: 'Description' }).nth(1).fill('Writes')
    expect(await barriers()).toEqual([])
    await picture('resource-server')
    await button(opening, 'Save changes').click()
    await page.getByText('The resource server Orders was changed.').waitFor()
    expect(await barriers()).toEqual([])
    await go(`user-pools/${pool}/app-clients/create`)
    await page.getByRole('radio', { name: 'Machine-to-machine application' }).check()
    await page.getByRole('checkbox', { name: 'https://api.example.com/write' }).waitFor()
    await page.getByRole('textbox', { name: 'Name your application' }).fill('Robot')
    await button(opening, 'Create app client').click()
    await page.getByRole('heading', { level: 1, name: 'Robot' }).waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await describeClient(id)).toMatchObject({ AllowedOAuthScopes: ['default-m2m-resource-server/read'] })
    expect((await api('ListResourceServers', { MaxResults: 50 })).ResourceServers).toHaveLength(2)
    expect(faults).toEqual([])
    await page.close()
  })
})
