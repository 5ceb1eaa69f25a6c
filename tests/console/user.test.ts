import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attributeChanges, draftOf } from '../../console/src/api/attribute-changes.ts'
import { temporaryPassword } from '../../console/src/api/temporary-password.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../support/call-api.ts'
import { createDeviceClient } from '../support/device-client.ts'
import { type ConsolePage, type OpenConsole, openConsole } from '../support/open-console.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { totpCode } from '../support/totp-code.ts'

const password = 'Correct-Horse-7'
let opened: OpenConsole
let pool = ''
let clientId = ''
let plainPool = ''

const api = <N extends OperationName>(operation: N, input: Input<N>) => callApi(opened.server.url, operation, input)
const signIn = async () => {
  const AuthParameters = { USERNAME: 'ada', PASSWORD: password }
  return (await api('InitiateAuth', { ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })).AuthenticationResult
}

beforeAll(async () => {
  if (!hasBrowser) return
  const ada = { username: 'ada', password, attributes: { email: 'ada@example.org', email_verified: 'true', given_name: 'Ada' } }
  opened = await openConsole({
    pools: [
      {
        name: 'Shop',
        settings: {
          UserPoolTier: 'PLUS',
          UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true },
          Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
        },
        clients: [{ name: 'web', settings: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] } }],
        groups: [{ GroupName: 'readers', Description: 'May read' }, { GroupName: 'writers' }],
        users: [{ ...ada, groups: ['readers'] }],
      },
      { name: 'Plain', users: [ada] },
    ],
  })
  const [shop, plain] = opened.pools
  pool = shop?.userPoolId ?? ''
  clientId = shop?.clients[0]?.clientId ?? ''
  plainPool = plain?.userPoolId ?? ''
  await api('SetUserPoolMfaConfig', { UserPoolId: pool, MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } })
  await api('SetUserPoolSessionConfiguration', { UserPoolId: pool, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 20 } })
  const { AccessToken, NewDeviceMetadata } = await signIn()
  const { DeviceKey, DeviceSecretVerifierConfig } = createDeviceClient(NewDeviceMetadata)
  await api('ConfirmDevice', { AccessToken, DeviceKey, DeviceName: 'Laptop', DeviceSecretVerifierConfig })
  await signIn()
  const { SecretCode } = await api('AssociateSoftwareToken', { AccessToken })
  await api('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, Date.now()) })
})
afterAll(() => opened?.close())

const tab = async ({ page }: ConsolePage, name: string) => {
  await page.getByRole('tab', { name }).click()
  await page.getByRole('tab', { name, selected: true }).waitFor()
}
const dialogOf = ({ page }: ConsolePage) => page.getByRole('dialog')
const choose = async ({ page }: ConsolePage, name: string) => {
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

describe('changes of attributes', () => {
  const before = draftOf([
    { Name: 'sub', Value: '1' },
    { Name: 'email', Value: 'a@example.org' },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'name', Value: 'A' },
  ])

  it('send what differs and nothing else', () => {
    expect(attributeChanges(before, before)).toEqual([])
    expect(attributeChanges(before, { ...before, values: { ...before.values, name: '', 'custom:plan': 'b' } })).toEqual([
      { Name: 'name', Value: '' },
      { Name: 'custom:plan', Value: 'b' },
    ])
    expect(attributeChanges(before, { ...before, emailVerified: false })).toEqual([{ Name: 'email_verified', Value: 'false' }])
  })

  it('say of a new address whether it is verified, and nothing of one that is gone', () => {
    expect(attributeChanges(before, { ...before, values: { ...before.values, email: 'b@example.org' } })).toEqual([
      { Name: 'email', Value: 'b@example.org' },
      { Name: 'email_verified', Value: 'true' },
    ])
    expect(attributeChanges(before, { ...before, values: { ...before.values, email: '' } })).toEqual([{ Name: 'email', Value: '' }])
  })
})

describe('a temporary password', () => {
  it('has every kind of letter and the length that is asked for', () => {
    for (const minimum of [undefined, 6, 40]) {
      const made = temporaryPassword((n) => Math.floor(n / 2), minimum)
      expect(made.length).toBe(Math.max(16, minimum ?? 0))
      for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[!#%+\-=?@_]/]) expect(made).toMatch(kind)
    }
  })
})

describe.skipIf(!hasBrowser)(`a user in the console${browserNote}`, () => {
  it('has groups, devices, sessions and sign-in events behind tabs that can be linked to', { timeout: 90_000 }, async () => {
    const opening = await opened.open(`user-pools/${pool}/users/ada`)
    const { page, barriers, faults, picture } = opening
    await tab(opening, 'Groups')
    await page.getByRole('button', { name: 'Add user to group' }).click()
    await dialogOf(opening).getByRole('combobox', { name: 'Group' }).fill('writ')
    await page.getByRole('option', { name: 'writers' }).click()
    expect(await barriers()).toEqual([])
    await dialogOf(opening).getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('The user is in the group writers.').waitFor()
    await page.getByRole('radio', { name: 'readers' }).check()
    await page.getByRole('button', { name: 'Remove user from group' }).click()
    await dialogOf(opening).getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('The user left the group readers.').waitFor()
    await page.getByRole('radio', { name: 'readers' }).waitFor({ state: 'detached' })
    const { Groups } = await api('AdminListGroupsForUser', { UserPoolId: pool, Username: 'ada' })
    expect(Groups.map(({ GroupName }: { GroupName: string }) => GroupName)).toEqual(['writers'])
    await picture('user-groups')

    await tab(opening, 'Devices')
    await page.getByText('Laptop').waitFor()
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Remember', exact: true }).click()
    await dialogOf(opening).getByRole('button', { name: 'Remember', exact: true }).click()
    await page.getByText('The device is remembered.').waitFor()
    await page.getByRole('cell', { name: 'Remembered', exact: true }).waitFor()
    expect(await barriers()).toEqual([])
    await page.getByRole('button', { name: 'Forget', exact: true }).click()
    await dialogOf(opening).getByRole('button', { name: 'Forget', exact: true }).click()
    await page.getByText('No devices').waitFor()

    await tab(opening, 'Sessions')
    await page.getByRole('radio').nth(1).waitFor()
    const sessions = await page.getByRole('radio').count()
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Revoke session' }).click()
    await dialogOf(opening).getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('The session was revoked.').waitFor()
    await page
      .getByRole('radio')
      .nth(sessions - 1)
      .waitFor({ state: 'detached' })
    expect(await barriers()).toEqual([])

    await tab(opening, 'Sign-in events')
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Mark as invalid' }).click()
    await dialogOf(opening).getByRole('button', { name: 'Send feedback' }).click()
    await page.getByText('Invalid (Admin)').waitFor()
    expect(await barriers()).toEqual([])
    await picture('user-events')
    expect(new URL(page.url()).searchParams.get('tab')).toBe('events')
    await page.reload()
    await page.getByRole('tab', { name: 'Sign-in events', selected: true }).waitFor()
    await page.getByText('Invalid (Admin)').waitFor()
    expect(faults).toEqual([])
    await page.close()
  })

  it('says in the API’s words what a pool keeps none of', async () => {
    const { page, go } = await opened.open(`user-pools/${plainPool}/users/ada?tab=sessions`)
    await page.getByText('Session tracking is not enabled for the user pool.').waitFor()
    await go(`user-pools/${plainPool}/users/ada?tab=events`)
    await page.getByText('Threat protection of the pool').waitFor()
    await go(`user-pools/${plainPool}/users/ada?tab=devices`)
    await page.getByText('is not configured to track devices.').waitFor()
    await page.getByRole('link', { name: 'device tracking' }).click()
    await page.getByRole('radio', { name: 'Always remember' }).waitFor()
    await page.close()
  })

  it('gets second factors, and loses its authenticator app', async () => {
    const opening = await opened.open(`user-pools/${pool}/users/ada?tab=mfa`)
    const { page, barriers, faults, picture } = opening
    const dialog = dialogOf(opening)
    await page.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByRole('checkbox', { name: 'SMS message' }).check()
    await dialog.getByRole('checkbox', { name: 'Authenticator app' }).check()
    expect(await barriers()).toEqual([])
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await dialog.getByText('User does not have delivery config set to turn on SMS_MFA').waitFor()
    await dialog.getByRole('checkbox', { name: 'SMS message' }).uncheck()
    await dialog.getByRole('button', { name: 'Preferred MFA method' }).click()
    await page.getByRole('option', { name: 'Authenticator app' }).click()
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The MFA preferences were saved.').waitFor()
    const user = { UserPoolId: pool, Username: 'ada' }
    expect(await api('AdminGetUser', user)).toMatchObject({ PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' })
    await picture('user-mfa')
    await page.getByRole('button', { name: 'Remove authenticator app' }).click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('The authenticator app was removed.').waitFor()
    expect(await api('AdminGetUser', user)).not.toHaveProperty('UserMFASettingList')
    expect(faults).toEqual([])
    await page.close()
  })

  it('has attributes that are edited, one that the API refuses included', async () => {
    const opening = await opened.open(`user-pools/${pool}/users/ada`)
    const { page, barriers, faults, picture } = opening
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'email - optional' }).fill('not an address')
    await page.getByRole('textbox', { name: 'given_name - optional' }).fill('')
    await page.getByRole('button', { name: 'Add an attribute' }).click()
    await page.getByRole('option', { name: 'custom:plan' }).click()
    await page.getByRole('textbox', { name: 'custom:plan - optional' }).fill('gold')
    expect(await barriers()).toEqual([])
    const save = page.getByRole('button', { name: 'Save changes' })
    await save.click()
    await page.getByText('InvalidParameterException').waitFor()
    await page.getByRole('textbox', { name: 'email - optional' }).fill('lovelace@example.org')
    await picture('user-edit')
    await save.click()
    await page.getByText('The attributes were saved.').waitFor()
    await page.getByText('lovelace@example.org').waitFor()
    const { UserAttributes } = await api('AdminGetUser', { UserPoolId: pool, Username: 'ada' })
    const { sub: _, ...values } = Object.fromEntries(
      UserAttributes.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
    )
    expect(values).toEqual({ email: 'lovelace@example.org', email_verified: 'true', 'custom:plan': 'gold' })
    expect(faults).toEqual([])
    await page.close()
  })

  it('gets a temporary password or one for good, and one who was made without an invitation can sign in', async () => {
    const opening = await opened.open(`user-pools/${plainPool}/users/ada`)
    const { page, go, barriers } = opening
    const dialog = dialogOf(opening)
    for (const [kind, status] of [
      ['Temporary', 'Force change password'],
      ['Permanent', 'Confirmed'],
    ] as const) {
      await choose(opening, 'Set password')
      await dialog.getByRole('radio', { name: kind }).check()
      await dialog.getByLabel('Password', { exact: true }).fill(kind === 'Temporary' ? 'short' : 'Long-Enough-8')
      await dialog.getByRole('button', { name: 'Set password' }).click()
      if (kind === 'Temporary') {
        await dialog.getByText('InvalidPasswordException').waitFor()
        expect(await barriers()).toEqual([])
        await dialog.getByLabel('Password', { exact: true }).fill('Long-Enough-7')
        await dialog.getByRole('button', { name: 'Set password' }).click()
      }
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText(status, { exact: true }).waitFor()
    }
    await go(`user-pools/${plainPool}/users/create`)
    await page.getByRole('textbox', { name: 'User name' }).fill('grace')
    await page.getByRole('button', { name: 'Create user', exact: true }).click()
    const told = (await page.getByRole('dialog').getByText('It is not shown again:').textContent()) ?? ''
    const made = /again: *(\S+)/.exec(told)?.[1] ?? ''
    const { UserPoolClient } = await api('CreateUserPoolClient', {
      UserPoolId: plainPool,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    })
    const AuthParameters = { USERNAME: 'grace', PASSWORD: made }
    const answer = await api('InitiateAuth', { ClientId: UserPoolClient.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
    expect(answer).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' })
    await page.close()
  })
})
