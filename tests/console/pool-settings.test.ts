import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, OperationName, Output } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
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
        settings: {
          UserPoolTier: 'PLUS',
          AutoVerifiedAttributes: ['email'],
          DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true },
          UserPoolTags: { team: 'shop' },
        },
      },
      { name: 'Other', domains: [{ Domain: 'taken-name' }] },
    ],
  })
  pool = opened.pools[0]?.userPoolId ?? ''
})
afterAll(() => opened?.close())

const call = <N extends OperationName>(operation: N, input: Input<N>): Promise<Output<N>> => callApi(opened.server.url, operation, input)
const described = async (UserPoolId: string) => (await call('DescribeUserPool', { UserPoolId })).UserPool ?? {}
const save = async ({ page }: ConsolePage, said: string) => {
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText(said).waitFor()
}

describe.skipIf(!hasBrowser)(`user pools in the console${browserNote}`, () => {
  it('are made with the AWS console’s defaults and deleted only when all that stands in the way is let go', async () => {
    const { page, barriers, faults, picture } = await opened.open('user-pools')
    await page.getByRole('link', { name: 'Create user pool' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Create user pool' }).waitFor()
    expect(await barriers()).toEqual([])
    await picture('create-user-pool')
    await page.getByRole('checkbox', { name: 'Email' }).click()
    const create = page.getByRole('button', { name: 'Create user pool', exact: true })
    await create.click()
    await page.getByText('Choose at least one option for sign-in identifiers.', { exact: true }).waitFor()
    await page.getByRole('checkbox', { name: 'Email' }).click()
    await page.getByRole('radio', { name: 'Single-page application (SPA)' }).click()
    await page.getByRole('textbox', { name: 'Name your application' }).fill('Till')
    await page.getByRole('textbox', { name: 'Return URL - optional' }).fill('http://localhost:3000')
    const prefix = page.getByRole('textbox', { name: 'Domain prefix - optional' })
    await prefix.fill('my-cognito')
    await create.click()
    await page.getByText('Domain cannot contain reserved word: cognito').waitFor()
    await prefix.and(page.locator(':focus')).waitFor()
    expect((await call('ListUserPools', { MaxResults: 60 })).UserPools?.map(({ Name }) => Name)).not.toContain('User pool - Till')
    await prefix.fill('taken-name')
    await create.click()
    await page.getByText('Domain already associated with another user pool.').waitFor()
    await page.getByText('itself is there already').waitFor()
    expect(await barriers()).toEqual([])
    await picture('half-made-user-pool')
    // What is made can't be chosen again, by somebody who loads the page again neither, and no second one is made.
    await page.reload()
    await page.getByText('itself is there already').waitFor()
    expect(await page.getByRole('textbox', { name: 'User pool name - optional' }).inputValue()).toBe('User pool - Till')
    for (const fixed of [
      page.getByRole('textbox', { name: 'User pool name - optional' }),
      page.getByRole('radio', { name: 'Mobile app' }),
      page.getByRole('checkbox', { name: 'Phone number' }),
      page.getByRole('checkbox', { name: 'Enable self-registration' }),
      page.getByRole('button', { name: /Required attributes for sign-up/ }),
    ])
      expect(await fixed.isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Name your application' }).fill('Counter')
    await prefix.fill('till')
    await create.click()
    await page.getByRole('heading', { level: 1, name: 'User pool - Till' }).waitFor()
    await page.getByText('The user pool User pool - Till was created').waitFor()
    await page.getByRole('link', { name: 'Counter', exact: true }).waitFor()
    expect((await call('ListUserPools', { MaxResults: 60 })).UserPools?.filter(({ Name }) => Name === 'User pool - Till')).toHaveLength(1)
    const poolId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await described(poolId)).toMatchObject({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: 'ACTIVE',
      Domain: 'till',
    })
    expect((await call('ListUserPoolClients', { UserPoolId: poolId })).UserPoolClients?.map(({ ClientName }) => ClientName)).toEqual([
      'Counter',
    ])
    await picture('user-pool')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog.getByRole('textbox').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete', exact: true }).and(page.locator(':focus')).click()
    await dialog.getByRole('textbox').fill('User pool - Till')
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
    expect(await barriers()).toEqual([])
    await dialog.getByRole('checkbox', { name: 'Deactivate deletion protection' }).click()
    await dialog.getByRole('checkbox', { name: 'Delete the domain till' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('The user pool User pool - Till was deleted.').waitFor()
    expect(await page.getByRole('link', { name: 'User pool - Till' }).count()).toBe(0)
    expect(faults).toEqual([])
    await page.close()
  })

  it('have login pages at once, which lead to a page of the server until there is an application', async () => {
    const { page, faults } = await opened.open('user-pools/create')
    await page.getByText(`Without one: ${opened.server.url}/_poolhouse/callback`).waitFor()
    await page.getByRole('radio', { name: 'Single-page application (SPA)' }).click()
    await page.getByRole('button', { name: 'Create user pool', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'User pool - My SPA app' }).waitFor()
    await page.getByRole('link', { name: 'App clients', exact: true }).first().click()
    await page.getByRole('link', { name: 'My SPA app', exact: true }).click()
    const login = await page.getByRole('link', { name: /View login page/ }).getAttribute('href')
    const redirect = new URL(login ?? '').searchParams.get('redirect_uri') ?? ''
    expect((await fetch(login ?? '')).status).toBe(200)
    const arrived = await fetch(redirect)
    expect([arrived.status, await arrived.text()]).toEqual([200, expect.stringContaining('This page stands for an application')])
    expect(faults).toEqual([])
    await page.close()
  })

  it.each([
    'settings',
    'authentication-methods',
    'sign-in',
    'sign-up',
    'message-templates',
    'threat-protection',
    'tokens-and-registration',
  ])('show %s and each of its forms without a barrier', async (part) => {
    const { page, go, barriers, faults, picture } = await opened.open(`user-pools/${pool}/${part}`)
    const edits = page.getByRole('link', { name: /^Edit / })
    await edits.first().waitFor()
    expect(await barriers()).toEqual([])
    await picture(part)
    const addresses = await edits.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(addresses.length).toBeGreaterThan(1)
    for (const address of addresses) {
      await go(address.replace(/^\/console\//, ''))
      await page.getByRole('button', { name: 'Save changes' }).waitFor()
      expect([address, await barriers()]).toEqual([address, []])
    }
    expect(faults).toEqual([])
    await page.close()
  })

  it('change one setting and keep all the others', async () => {
    const before = await described(pool)
    const opening = await opened.open(`user-pools/${pool}/authentication-methods`)
    const { page, go, faults } = opening
    await page.getByRole('link', { name: 'Edit Password policy' }).click()
    const minimum = page.getByRole('spinbutton', { name: 'Password minimum length' })
    await minimum.fill('4')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The minimum length is a whole number from 6 to 99.', { exact: true }).waitFor()
    await minimum.fill('12')
    await save(opening, 'Saved: password policy.')
    await page.getByText('12 characters').waitFor()
    await go(`user-pools/${pool}/settings/tags`)
    await page.getByRole('button', { name: 'Add tag' }).click()
    await page.getByRole('textbox', { name: 'Key' }).last().fill('stage')
    await page.getByRole('textbox', { name: 'Value - optional' }).last().fill('test')
    await save(opening, 'Saved: tags.')
    await go(`user-pools/${pool}/sign-up/custom-attributes/create`)
    await page.getByRole('textbox', { name: 'Name' }).fill('size')
    await page.getByRole('button', { name: 'Add custom attribute' }).click()
    await page
      .getByRole('cell', { name: 'custom:size' })
      .or(page.getByRole('rowheader', { name: 'custom:size' }))
      .waitFor()
    const { Policies, UserPoolTags, SchemaAttributes, LastModifiedDate: _at, ...after } = await described(pool)
    expect(Policies?.PasswordPolicy).toEqual({ ...before.Policies?.PasswordPolicy, MinimumLength: 12 })
    expect(UserPoolTags).toEqual({ team: 'shop', stage: 'test' })
    expect(SchemaAttributes).toHaveLength((before.SchemaAttributes?.length ?? 0) + 1)
    expect(before).toMatchObject(after)
    expect(faults).toEqual([])
    await page.close()
  })

  it('turn on MFA, and say what the pool lacks for it', async () => {
    const opening = await opened.open(`user-pools/${pool}/sign-in/mfa`)
    const { page, faults } = opening
    await page.getByRole('radio', { name: 'Require MFA' }).click()
    await page.getByRole('checkbox', { name: 'Email message' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Email as a second factor needs email that is sent with Amazon SES').waitFor()
    await page.getByRole('checkbox', { name: 'Email message' }).click()
    await page.getByRole('checkbox', { name: 'Authenticator apps' }).click()
    await save(opening, 'Saved: multi-factor authentication.')
    await page.getByText('Require MFA').waitFor()
    expect(await call('GetUserPoolMfaConfig', { UserPoolId: pool })).toEqual({
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    expect((await described(pool)).DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt).toBe(true)
    expect(faults).toEqual([])
    await page.close()
  })
})
